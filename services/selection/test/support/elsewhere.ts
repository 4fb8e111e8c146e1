import {
  departureContracts,
  registrationContracts,
  visaDocsContracts,
  type ContractSet,
  type RecordedFact,
} from "@safar/contracts";
import { defineAggregate, type Header } from "@safar/event-store";
import { accept } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";

/** What other services record, by their contracts: selection knows no more of them than that. */

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
  visaDocs: recorder(visaDocsContracts),
  departure: recorder(departureContracts),
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

export const verified: Fact = {
  type: "IdentityVerified",
  data: { requestId: "0190f3c2-7b1a-4c3d-8e2f-00000000aaaa", method: "document", startsAbroad: false },
};
export const cvPublished = (summary?: string): Fact => ({
  type: "CvPublished",
  data: {
    isco: "8332",
    experienceYears: 3,
    languages: [{ tag: "de", cefr: "B1" }],
    destinations: ["DE"],
    ...(summary === undefined ? {} : { summary }),
  },
});
export const interestIn = (vacancyId: string): Fact => ({ type: "InterestDeclared", data: { vacancyId } });
export const suspended: Fact = { type: "CaseSuspended", data: { reason: "document-check" } };
export const resumed: Fact = { type: "CaseResumed", data: { reason: "document-check" } };

const consentId = "0190f3c2-7b1a-4c3d-8e2f-00000000cccc";
export const consentGiven = (...purposes: readonly string[]): Fact => ({
  type: "ConsentGranted",
  data: {
    consentId,
    grantedOn: "2026-01-15",
    operator: "Migration Agency",
    purposes,
    dataCategories: ["cv"],
    thirdParties: [],
    crossBorder: false,
    textVersion: "1",
  },
});
export const consentWithdrawn: Fact = { type: "ConsentWithdrawn", data: { consentId, withdrawnOn: "2026-02-16" } };

/** A candidate of invented person n, registered, with consents. */
export const registered = (n: number): readonly Fact[] => [
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
  consentGiven("placement", "employers"),
];
