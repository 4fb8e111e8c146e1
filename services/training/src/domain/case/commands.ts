import type { CefrLevel, Requirements, TrainingTrack } from "@safar/contracts";
import type { CourseOffer } from "../course/commands.ts";

/** What is assessed and certified; an orientation is completed instead. */
export type AssessedTrack = Exclude<TrainingTrack, "orientation">;

/** What an enrolment copies from the course. */
export type CourseContent = Pick<CourseOffer, "provider" | "tracks" | "isco" | "language" | "cefr" | "destination">;

/** Where a fact counts from another moment than now: an ISO instant. */
interface Dated {
  readonly effectiveAt?: string | undefined;
}

export type TrainingCommand =
  | {
      readonly type: "OrderTraining";
      readonly round: string;
      readonly corridor: { readonly country: string; readonly sector: string };
      readonly requirementSetFrom: string;
      readonly requires: Requirements;
      /** The day on which certificates have to be valid. */
      readonly on: string;
    }
  | {
      readonly type: "Enrol";
      readonly enrolmentId: string;
      readonly courseId: string;
      /** Undefined: there is no such course. */
      readonly content: CourseContent | undefined;
      readonly caseIsHeldOrEnded: boolean;
    }
  | ({
      readonly type: "RecordAttendance";
      readonly enrolmentId: string;
      readonly on: string;
      readonly present: boolean;
    } & Dated)
  | ({
      readonly type: "RecordAssessment";
      readonly enrolmentId: string;
      readonly track: AssessedTrack;
      readonly passed: boolean;
      readonly heldOn: string;
      readonly score?: number | undefined;
      /** The level that was reached; absent: the level that the course leads to. */
      readonly cefr?: CefrLevel | undefined;
    } & Dated)
  | {
      readonly type: "ScheduleRetake";
      readonly enrolmentId: string;
      readonly track: AssessedTrack;
      readonly scheduledFor: string;
    }
  | ({
      readonly type: "IssueCertificate";
      readonly certificateId: string;
      readonly enrolmentId: string;
      readonly track: AssessedTrack;
      readonly number: string;
      readonly level?: string | undefined;
      readonly issuedOn: string;
      readonly validUntil: string;
      readonly verificationCode: string;
    } & Dated)
  | ({
      readonly type: "CompleteOrientation";
      /** With an enrolment the destination is its course's. */
      readonly enrolmentId?: string | undefined;
      readonly destination?: string | undefined;
      readonly moduleVersion: string;
      readonly completedOn: string;
      readonly identityProven: boolean;
      readonly identityMethod: "document" | "face-id";
    } & Dated)
  | { readonly type: "CancelEnrolment"; readonly enrolmentId: string; readonly reason: string }
  /** The journey is held or over: every seat that is still needed is given back. */
  | { readonly type: "ReleaseEnrolments"; readonly reason: string }
  /** The course is not held; also for enrolments whose own record is still on its way. */
  | {
      readonly type: "ReleaseEnrolmentsOfCourse";
      readonly courseId: string;
      readonly enrolmentIds: readonly string[];
      readonly reason: string;
    };
