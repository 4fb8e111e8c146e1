import type { CvOpenedToMatching, FactOfContract } from "@safar/contracts";

/** The CV as far as matching needs it. */
export type MatchingProfile = FactOfContract<typeof CvOpenedToMatching>["data"];

interface Acceptance {
  readonly applicationId: string;
  readonly offerId: string;
  readonly caseId: string;
}

export type CandidacyCommand =
  | { readonly type: "OpenCv"; readonly profile: MatchingProfile }
  | { readonly type: "CloseCv"; readonly reason: string }
  | ({
      readonly type: "ReserveAcceptance";
      /** Rounds of the journey that have come to a confirmed placement: they no longer stand in the way. */
      readonly placedRounds: readonly string[];
    } & Acceptance)
  | ({ readonly type: "ReleaseAcceptance"; readonly reason: string } & Acceptance);
