import { applicationContracts, registrationContracts, type ContractSet, type RecordedFact } from "@safar/contracts";
import { defineAggregate, type Header } from "@safar/event-store";
import { accept, applicationIdOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";

/** What other services record, by their contracts: training knows no more of them than that. */

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

const record = async (
  kit: Kit,
  contracts: ContractSet,
  id: string,
  header: Header,
  facts: readonly Fact[],
): Promise<void> => {
  const outcome = await kit.executor.execute({
    aggregate: recorder(contracts),
    id,
    command: facts,
    transactionId: kit.environment.random.uuid(),
    header,
    context: {
      actor: { id: "elsewhere", role: "registrar", kind: "human" },
      occurredAt: new Date(kit.environment.clock.now()).toISOString(),
      correlationId: "test",
    },
  });
  if (outcome.kind !== "recorded") throw new Error(`${contracts.category} did not record: ${outcome.kind}`);
};

/** Facts of the case's registration. */
export const registration = (kit: Kit, caseId: string, ...facts: readonly Fact[]): Promise<void> =>
  record(kit, registrationContracts, caseId, { caseId }, facts);

/** A case of an invented candidate of the branch 1726. */
export const register = (kit: Kit, caseId: string, n: number): Promise<void> =>
  record(
    kit,
    registrationContracts,
    caseId,
    { caseId, personId: kit.environment.random.uuid(), unit: "1726", region: "1726" },
    [
      {
        type: "CandidateRegistered",
        data: {
          caseNumber: `2026-1726-${String(n).padStart(6, "0")}`,
          channel: "branch",
          surname: "Karimov",
          givenName: "Anvar",
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
      },
    ],
  );

/** Selection's: an offer in a corridor was accepted. Gives the round that begins with it. */
export const acceptOffer = async (
  kit: Kit,
  caseId: string,
  corridor: { readonly country: string; readonly sector: string },
): Promise<string> => {
  const vacancyId = kit.environment.random.uuid();
  const applicationId = applicationIdOf(caseId, vacancyId);
  await record(kit, applicationContracts, applicationId, { caseId, destination: corridor.country }, [
    {
      type: "OfferAccepted",
      data: {
        applicationId,
        vacancyId,
        offerId: kit.environment.random.uuid(),
        employerId: kit.environment.random.uuid(),
        corridor,
        contractMonths: 24,
        terms: { wageMonth: { minor: 240_000, currency: "EUR" }, isco: "7112" },
      },
    },
  ]);
  return applicationId;
};

/** Whatever makes a case stop, and what it is called here. */
export const STOPS: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ["CandidateWithdrew", { reason: "family-reasons" }, "candidate-withdrew"],
  ["CaseSuspended", { reason: "document-check" }, "case-suspended"],
  ["ConsentWithdrawn", { withdrawnOn: "2026-02-16" }, "consent-withdrawn"],
  [
    "DuplicateSuspected",
    {
      otherCaseId: "0190f3c2-7b1a-4c3d-8e2f-00000000000a",
      otherPersonId: "0190f3c2-7b1a-4c3d-8e2f-00000000000b",
      basis: ["passport"],
    },
    "duplicate-suspected",
  ],
  ["CaseMerged", { intoCaseId: "0190f3c2-7b1a-4c3d-8e2f-00000000000a" }, "case-merged"],
  ["CaseClosed", { reason: "gave-up" }, "case-closed"],
];
