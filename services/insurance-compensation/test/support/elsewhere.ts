import {
  departureContracts,
  placementContracts,
  registrationContracts,
  trainingContracts,
  visaDocsContracts,
} from "@safar/contracts";
import type { Header } from "@safar/event-store";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, type FactElsewhere } from "@safar/testing";
import { id } from "./given.ts";

/** What other services record, by their contracts: this one knows no more of them than that. */

const contracts = {
  registration: registrationContracts,
  training: trainingContracts,
  visaDocs: visaDocsContracts,
  departure: departureContracts,
  placement: placementContracts,
};

/** Facts in the stream that another service keeps of a case. */
export const recordOnCase = async (
  kit: Kit,
  category: keyof typeof contracts,
  header: Header & { readonly caseId: string },
  ...facts: readonly FactElsewhere[]
): Promise<void> => {
  await recordElsewhere(kit, contracts[category], header.caseId, header, ...facts);
};

/** An invented candidate of the branch 1726. */
export const registered = (n: number): FactElsewhere => candidateRegistered(n, { patronymic: "Botirovich" });

export const withdrew: FactElsewhere = { type: "CandidateWithdrew", data: { reason: "family-reasons" } };
export const merged: FactElsewhere = { type: "CaseMerged", data: { intoCaseId: id(99) } };

export const visaStageCompleted = (round: string): FactElsewhere => ({
  type: "VisaStageCompleted",
  data: {
    round,
    corridor: { country: "DE", sector: "construction" },
    requires: {
      language: { tag: "de", cefr: "B1" },
      certificate: true,
      orientation: "DE",
      medical: false,
      workVisa: true,
      passportMonthsAfterContract: 6,
    },
    contractMonths: 24,
    employerId: id(6),
  },
});
export const visaGranted = (round: string): FactElsewhere => ({
  type: "VisaGranted",
  data: { round, visaNumber: "D1234567", validFrom: "2026-05-15", validUntil: "2028-05-14" },
});
export const visaRefused = (round: string): FactElsewhere => ({
  type: "VisaRefused",
  data: { round, reason: "funds-not-proven", appealUntil: "2026-06-01", refusedOn: "2026-05-02" },
});
export const certificateIssued: FactElsewhere = {
  type: "CertificateIssued",
  data: {
    certificateId: id(32),
    enrolmentId: id(31),
    number: "TKM-2026-00417",
    track: "language",
    language: "de",
    cefr: "B1",
    issuedOn: "2026-06-26",
    validUntil: "2028-06-25",
    verificationCode: "7F3A-09C2-D41B-88E0",
  },
};
export const borderExit = (round: string): FactElsewhere => ({
  type: "BorderExitConfirmed",
  data: { round, exitedAt: "2026-08-10T03:10:00.000Z", borderPoint: "Toshkent aeroporti" },
});
export const placementConfirmed = (round: string): FactElsewhere => ({
  type: "PlacementConfirmed",
  data: { round, employerId: id(6), confirmedOn: "2026-06-05" },
});
