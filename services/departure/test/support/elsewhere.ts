import { policyContracts, registrationContracts, trainingContracts, visaDocsContracts } from "@safar/contracts";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, type FactElsewhere } from "@safar/testing";
import { id, opening } from "./given.ts";

/** What other services record, by their contracts: departure knows no more of them than that. */

/** Facts of the case's registration. */
export const registration = (kit: Kit, caseId: string, ...facts: readonly FactElsewhere[]) =>
  recordElsewhere(kit, registrationContracts, caseId, { caseId }, ...facts);

/** A case of an invented candidate of the branch 1726. */
export const register = (kit: Kit, caseId: string, n: number) =>
  recordElsewhere(
    kit,
    registrationContracts,
    caseId,
    { caseId, personId: kit.environment.random.uuid(), unit: "1726", region: "1726" },
    candidateRegistered(n),
  );

/** Visa-docs': the visa is there and the dossier complete. */
export const completeVisaStage = (kit: Kit, caseId: string, round = 1) =>
  recordElsewhere(
    kit,
    visaDocsContracts,
    caseId,
    { caseId, destination: "DE" },
    { type: "VisaStageCompleted", data: { ...opening(round) } },
  );

export const refuseVisa = (kit: Kit, caseId: string, round = 1) =>
  recordElsewhere(
    kit,
    visaDocsContracts,
    caseId,
    { caseId, destination: "DE" },
    {
      type: "VisaRefused",
      data: { round: id(round), reason: "insufficient-ties", appealUntil: "2026-09-01", refusedOn: "2026-08-01" },
    },
  );

/** Insurance's: a policy covers the round, or does so no longer. */
export const activatePolicy = async (kit: Kit, caseId: string, round = 1): Promise<string> => {
  const policyId = kit.environment.random.uuid();
  const data = { policyId, round: id(round), validFrom: "2026-08-01", validUntil: "2099-08-01" };
  await recordElsewhere(
    kit,
    policyContracts,
    policyId,
    { caseId, destination: "DE" },
    { type: "PolicyActivated", data },
  );
  return policyId;
};

export const cancelPolicy = (kit: Kit, caseId: string, policyId: string, round = 1) =>
  recordElsewhere(
    kit,
    policyContracts,
    policyId,
    { caseId },
    { type: "PolicyCancelled", data: { policyId, round: id(round), reason: "premium-unpaid" } },
  );

/** Training's: a certificate, an orientation. */
export const certify = (kit: Kit, caseId: string, track: "trade" | "language" | "softSkills") =>
  recordElsewhere(
    kit,
    trainingContracts,
    caseId,
    { caseId },
    {
      type: "CertificateIssued",
      data: {
        certificateId: kit.environment.random.uuid(),
        enrolmentId: kit.environment.random.uuid(),
        number: "TKM-1",
        track,
        ...(track === "language" ? { language: "de", cefr: "B1" } : {}),
        issuedOn: "2026-06-26",
        validUntil: "2099-06-25",
        verificationCode: "7F3A-09C2-D41B-88E0",
      },
    },
  );

export const orient = (kit: Kit, caseId: string, destination: string) =>
  recordElsewhere(
    kit,
    trainingContracts,
    caseId,
    { caseId },
    {
      type: "OrientationCompleted",
      data: {
        destination,
        moduleVersion: "1",
        completedOn: "2026-07-01",
        identityProven: true,
        identityMethod: "document",
      },
    },
  );

const elsewhereCase = "0190f3c2-7b1a-4c3d-8e2f-00000000000a";
/** Whatever makes a case stop, what it is called here, and how the departure then stands. */
export const STOPS: readonly (readonly [string, Readonly<Record<string, unknown>>, string, "held" | "cancelled"])[] = [
  ["CaseSuspended", { reason: "document-check" }, "case-suspended", "held"],
  ["ConsentWithdrawn", { withdrawnOn: "2026-02-16" }, "consent-withdrawn", "held"],
  [
    "DuplicateSuspected",
    { otherCaseId: elsewhereCase, otherPersonId: "0190f3c2-7b1a-4c3d-8e2f-00000000000b", basis: ["passport"] },
    "duplicate-suspected",
    "held",
  ],
  ["CandidateWithdrew", { reason: "family-reasons" }, "candidate-withdrew", "cancelled"],
  ["CaseMerged", { intoCaseId: elsewhereCase }, "case-merged", "cancelled"],
  ["CaseClosed", { reason: "gave-up" }, "case-closed", "cancelled"],
];
