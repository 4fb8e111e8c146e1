import type {
  CorridorKey,
  FactOfContract,
  InterviewHeld,
  InterviewScheduled,
  MatchAssessed,
  Personal,
  RegistrationStatus,
  WorkTerms,
} from "@safar/contracts";
import type { CvSharingRefusal, CvViewer } from "../cv-sharing.ts";

type Own = "applicationId" | "vacancyId";
type DataOf<C> = Omit<FactOfContract<C>["data"], Own>;

/** Why, by what advice, and in whose words: no decision without reasons. */
export interface Reasoned {
  readonly reasons: readonly string[];
  /** Ids of assessments of this application. */
  readonly basedOn: readonly string[];
  readonly note?: Personal<string> | undefined;
}

/** Who decides or scores: the actor's id, compared with who scored before and who declared a conflict. */
interface By {
  readonly by: string;
}

export type ApplicationCommand =
  | {
      readonly type: "SubmitApplication";
      readonly applicationId: string;
      readonly vacancyId: string;
      readonly employerId: string;
      readonly corridor: CorridorKey;
      readonly criteriaVersion: number;
      /** Every position is taken: nobody applies in vain. */
      readonly isVacancyFilled: boolean;
      readonly standing: RegistrationStatus | undefined;
    }
  | ({ readonly type: "AssessMatch"; readonly assessment: DataOf<typeof MatchAssessed> } & By)
  | {
      readonly type: "ViewCv";
      readonly viewId: string;
      readonly viewer: CvViewer;
      /** Worked out at the edge, from the candidate's own stream. */
      readonly notShown: CvSharingRefusal | undefined;
    }
  | ({ readonly type: "ShortlistApplication" } & Reasoned & By)
  | { readonly type: "ScheduleInterview"; readonly interview: DataOf<typeof InterviewScheduled> }
  | {
      readonly type: "RecordInterview";
      readonly interview: DataOf<typeof InterviewHeld>;
      /** When it was held, where that is not when it is recorded. */
      readonly effectiveAt?: string | undefined;
    }
  | ({
      readonly type: "IssueOffer";
      readonly offerId: string;
      readonly terms: WorkTerms;
      readonly contractMonths: number;
      /** What the vacancy promises: an offer may not say less. */
      readonly promised: WorkTerms;
      readonly standing: RegistrationStatus | undefined;
    } & Reasoned &
      By)
  | { readonly type: "AcceptOffer"; readonly standing: RegistrationStatus | undefined }
  | { readonly type: "DeclineOffer"; readonly reason: string }
  | ({ readonly type: "PlaceOnReserve" } & Reasoned & By)
  | { readonly type: "ReserveAfterVisaRefusal" }
  | ({ readonly type: "RejectApplication" } & Reasoned & By)
  | {
      readonly type: "WithdrawApplication";
      readonly reason: string;
      /** The worker has left for this job or works there: there is no application to take back. */
      readonly isUnderWay: boolean;
    }
  | ({
      readonly type: "DeclareConflictOfInterest";
      readonly relation: string;
      readonly note?: Personal<string> | undefined;
    } & By);
