import { departureContracts, registrationContracts, visaDocsContracts } from "@safar/contracts";
import { applicationIdOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, type FactElsewhere } from "@safar/testing";
import { signed } from "./given.ts";

/** Facts of the case's registration. */
export const registration = async (kit: Kit, caseId: string, ...facts: readonly FactElsewhere[]): Promise<void> => {
  await recordElsewhere(kit, registrationContracts, caseId, { caseId }, ...facts);
};

/** A case of the branch 1726, brought by the agency of a licence. */
export const register = async (kit: Kit, caseId: string, n: number): Promise<void> => {
  const personId = kit.environment.random.uuid();
  const header = { caseId, personId, unit: "1726", agency: "XBA-12", region: "1726" };
  const registered = candidateRegistered(n, { channel: "agency", agencyLicence: "XBA-12" });
  await recordElsewhere(kit, registrationContracts, caseId, header, registered);
};

export const identityVerified = (startsAbroad: boolean): FactElsewhere => ({
  type: "IdentityVerified",
  data: { requestId: "00000000-0000-4000-8000-00000000aaaa", method: "document", startsAbroad },
});
export const withdrew: FactElsewhere = { type: "CandidateWithdrew", data: { reason: "family" } };
export const suspended: FactElsewhere = { type: "CaseSuspended", data: { reason: "document-check" } };
export const closed: FactElsewhere = { type: "CaseClosed", data: { reason: "came-home" } };
export const reopened: FactElsewhere = { type: "CaseReopened", data: { reason: "further-departure" } };
const otherCase = "00000000-0000-4000-8000-00000000bbbb";
export const merged: FactElsewhere = { type: "CaseMerged", data: { intoCaseId: otherCase } };
export const unmerged: FactElsewhere = { type: "CaseUnmerged", data: { fromCaseId: otherCase } };

export const employerId = "00000000-0000-4000-8000-00000000cccc";
export const roundOf = (caseId: string, n = 1): string => applicationIdOf(caseId, `vacancy ${n}`);

/** The contract of the visa stage. */
export const sign = async (kit: Kit, caseId: string, n = 1): Promise<void> => {
  const data = {
    round: roundOf(caseId, n),
    ...signed,
    employerId,
    contractMonths: 24,
    startsOn: "2026-06-01",
    signedOn: "2026-03-20",
    method: "face-id",
  };
  const header = { caseId, destination: "DE" };
  await recordElsewhere(kit, visaDocsContracts, caseId, header, { type: "ContractSigned", data });
};

export const exitedAt = "2026-06-01T04:30:00.000Z";
export const arrivedAt = "2026-06-01T12:05:00.000Z";
export const departure = async (kit: Kit, caseId: string, ...facts: readonly FactElsewhere[]): Promise<void> => {
  await recordElsewhere(kit, departureContracts, caseId, { caseId, destination: "DE" }, ...facts);
};
export const exited = (round: string | undefined): FactElsewhere => ({
  type: "BorderExitConfirmed",
  data: { exitedAt, ...(round === undefined ? { late: true } : { round }) },
});
export const arrived = (round: string | undefined): FactElsewhere => ({
  type: "ArrivalConfirmed",
  data: { arrivedAt, ...(round === undefined ? {} : { round }) },
});
