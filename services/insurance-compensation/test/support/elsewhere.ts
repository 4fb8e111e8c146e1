import {
  departureContracts,
  placementContracts,
  registrationContracts,
  trainingContracts,
  visaDocsContracts,
  type ContractSet,
  type RecordedFact,
} from "@safar/contracts";
import { defineAggregate, type Header } from "@safar/event-store";
import { accept } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import { id } from "./given.ts";

/** What other services record, by their contracts: this one knows no more of them than that. */

type Fact = Pick<RecordedFact, "type" | "data">;

const recorder = (contracts: ContractSet) =>
  defineAggregate({
    contracts,
    decider: {
      initial: undefined,
      evolve: () => undefined,
      decide: (_state: undefined, facts: readonly Fact[]) => accept(...(facts as never[])),
    },
    ofCase: true,
  });

const recorders = {
  registration: recorder(registrationContracts),
  training: recorder(trainingContracts),
  visaDocs: recorder(visaDocsContracts),
  departure: recorder(departureContracts),
  placement: recorder(placementContracts),
};

export const recordElsewhere = async (
  kit: Kit,
  category: keyof typeof recorders,
  header: Header & { readonly caseId: string },
  ...facts: readonly Fact[]
): Promise<void> => {
  const outcome = await kit.executor.execute({
    aggregate: recorders[category],
    id: header.caseId,
    command: facts,
    transactionId: kit.environment.random.uuid(),
    header,
    context: {
      actor: { id: "elsewhere", role: "registrar", kind: "human" },
      occurredAt: new Date(kit.environment.clock.now()).toISOString(),
      correlationId: "test",
    },
  });
  if (outcome.kind !== "recorded") throw new Error(`${category} did not record: ${outcome.kind}`);
};

/** An invented candidate of the branch 1726. */
export const registered = (n: number): Fact => ({
  type: "CandidateRegistered",
  data: {
    caseNumber: `2026-1726-${String(n).padStart(6, "0")}`,
    channel: "branch",
    surname: "Karimov",
    givenName: "Anvar",
    patronymic: "Botirovich",
    sex: "E",
    birthDate: "1990-04-15",
    pinfl: "31504901230013",
    passport: "AD1234567",
    passportExpiry: "2035-01-31",
    phone: "+998901234567",
    regionSoato: "1726",
    destinations: ["DE"],
    startsAbroad: false,
    warnings: [],
    asOf: "2026-01-15",
  },
});
export const withdrew: Fact = { type: "CandidateWithdrew", data: { reason: "family-reasons" } };
export const merged: Fact = { type: "CaseMerged", data: { intoCaseId: id(99) } };

export const visaStageCompleted = (round: string): Fact => ({
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
export const visaGranted = (round: string): Fact => ({
  type: "VisaGranted",
  data: { round, visaNumber: "D1234567", validFrom: "2026-05-15", validUntil: "2028-05-14" },
});
export const visaRefused = (round: string): Fact => ({
  type: "VisaRefused",
  data: { round, reason: "funds-not-proven", appealUntil: "2026-06-01", refusedOn: "2026-05-02" },
});
export const certificateIssued: Fact = {
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
export const borderExit = (round: string): Fact => ({
  type: "BorderExitConfirmed",
  data: { round, exitedAt: "2026-08-10T03:10:00.000Z", borderPoint: "Toshkent aeroporti" },
});
export const placementConfirmed = (round: string): Fact => ({
  type: "PlacementConfirmed",
  data: { round, employerId: id(6), confirmedOn: "2026-06-05" },
});
