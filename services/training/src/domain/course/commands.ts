import type { CourseOffered, FactOfContract } from "@safar/contracts";

export type CourseOffer = FactOfContract<typeof CourseOffered>["data"];

export type CourseCommand =
  | { readonly type: "OfferCourse"; readonly offer: CourseOffer }
  | { readonly type: "ReserveSeat"; readonly enrolmentId: string; readonly caseId: string }
  | {
      readonly type: "ReleaseSeat";
      readonly enrolmentId: string;
      readonly caseId: string;
      readonly reason: string;
    }
  | { readonly type: "StartCourse"; readonly startedOn: string; readonly effectiveAt?: string }
  | { readonly type: "CompleteCourse"; readonly completedOn: string; readonly effectiveAt?: string }
  | { readonly type: "CancelCourse"; readonly reason: string };
