import { departureContracts, registrationContracts, visaDocsContracts } from "@safar/contracts";
import type { Header } from "@safar/event-store";
import type { Kit } from "@safar/service-kit";
import { candidateRegistered, recordElsewhere, type FactElsewhere } from "@safar/testing";

/** What other services record, by their contracts: selection knows no more of them than that. */

const contracts = {
  registration: registrationContracts,
  visaDocs: visaDocsContracts,
  departure: departureContracts,
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

export const verified: FactElsewhere = {
  type: "IdentityVerified",
  data: { requestId: "0190f3c2-7b1a-4c3d-8e2f-00000000aaaa", method: "document", startsAbroad: false },
};
export const cvPublished = (summary?: string): FactElsewhere => ({
  type: "CvPublished",
  data: {
    isco: "8332",
    experienceYears: 3,
    languages: [{ tag: "de", cefr: "B1" }],
    destinations: ["DE"],
    ...(summary === undefined ? {} : { summary }),
  },
});
export const interestIn = (vacancyId: string): FactElsewhere => ({ type: "InterestDeclared", data: { vacancyId } });
export const suspended: FactElsewhere = { type: "CaseSuspended", data: { reason: "document-check" } };
export const resumed: FactElsewhere = { type: "CaseResumed", data: { reason: "document-check" } };

const consentId = "0190f3c2-7b1a-4c3d-8e2f-00000000cccc";
export const consentGiven = (...purposes: readonly string[]): FactElsewhere => ({
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
export const consentWithdrawn: FactElsewhere = {
  type: "ConsentWithdrawn",
  data: { consentId, withdrawnOn: "2026-02-16" },
};

/** A candidate of invented person n, registered, with consents. */
export const registered = (n: number): readonly FactElsewhere[] => [
  candidateRegistered(n),
  consentGiven("placement", "employers"),
];
