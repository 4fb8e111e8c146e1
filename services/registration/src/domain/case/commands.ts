import type {
  CandidateRegistered,
  ConsentGranted,
  CvPublished,
  FactOfContract,
  PassportRenewed,
  PersonDetailsCorrected,
} from "@safar/contracts";

type DataOf<C> = FactOfContract<C>["data"];

export interface SuspectedDuplicate {
  readonly otherCaseId: string;
  readonly otherPersonId: string;
  readonly basis: ("passport" | "name-and-birth-date")[];
}

export type CaseCommand =
  | {
      readonly type: "RegisterCandidate";
      readonly candidate: DataOf<typeof CandidateRegistered>;
      readonly consent: DataOf<typeof ConsentGranted>;
      /** Completed years on `asOf`; worked out at the edge, since the birth date is sealed in the state. */
      readonly ageOnAsOf: number;
      readonly addressedList?: { readonly branch: string; readonly listDate: string };
      readonly suspected: readonly SuspectedDuplicate[];
    }
  | {
      readonly type: "GrantConsent";
      readonly consent: DataOf<typeof ConsentGranted>;
      /** The day on which the consent is judged. */
      readonly asOf: string;
    }
  | { readonly type: "WithdrawConsent"; readonly withdrawnOn: string }
  | {
      readonly type: "RequestIdentityVerification";
      readonly requestId: string;
      readonly method: "document" | "face-id";
    }
  | {
      readonly type: "VerifyIdentity";
      readonly requestId: string;
      readonly method: "document" | "face-id";
      readonly liveness?: boolean;
      readonly score?: number;
    }
  | { readonly type: "RejectIdentity"; readonly requestId: string; readonly reason: string }
  | {
      readonly type: "CorrectPersonDetails";
      readonly correction: DataOf<typeof PersonDetailsCorrected>;
      /** Fields whose new value equals the present one; worked out at the edge. */
      readonly unchanged: readonly string[];
      readonly suspected: readonly SuspectedDuplicate[];
    }
  | {
      readonly type: "RenewPassport";
      readonly passport: DataOf<typeof PassportRenewed>;
      readonly sameAsBefore: boolean;
      readonly suspected: readonly SuspectedDuplicate[];
    }
  | { readonly type: "PublishCv"; readonly cv: DataOf<typeof CvPublished> }
  | { readonly type: "DeclareInterest"; readonly vacancyId: string }
  | { readonly type: "SuspectDuplicate"; readonly suspected: SuspectedDuplicate }
  | { readonly type: "DismissDuplicate"; readonly otherCaseId: string }
  | { readonly type: "ConfirmDuplicate"; readonly otherCaseId: string; readonly mergeIntoOther: boolean }
  | { readonly type: "UnmergeCase" }
  | { readonly type: "SuspendCase"; readonly reason: string }
  | { readonly type: "ResumeCase"; readonly reason: string }
  | { readonly type: "WithdrawCandidate"; readonly reason: string }
  | { readonly type: "MarkJourneyPlaced"; readonly round: string }
  | { readonly type: "CloseCase"; readonly reason: string }
  | { readonly type: "ReopenCase"; readonly reason: string };
