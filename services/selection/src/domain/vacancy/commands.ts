import type { FactOfContract, VacancyPublished, VacancyRevised } from "@safar/contracts";

type Published = FactOfContract<typeof VacancyPublished>["data"];
type Revised = FactOfContract<typeof VacancyRevised>["data"];

/** One position, held by one offer. */
export interface PositionOf {
  readonly offerId: string;
  readonly applicationId: string;
  readonly caseId: string;
}

export type VacancyCommand =
  | {
      readonly type: "PublishVacancy";
      /** `warnings` are the edge's or the import's; that it was entered late is found here. */
      readonly vacancy: Omit<Published, "criteriaVersion">;
    }
  | {
      readonly type: "ReviseVacancy";
      readonly reason: string;
      readonly changes: Pick<Revised, "positions" | "contractMonths" | "terms" | "requirements">;
    }
  | {
      readonly type: "FixCriteria";
      /** The version that the applicant saw. */
      readonly criteriaVersion: number;
      readonly applicationId: string;
      readonly caseId: string;
    }
  /** Takes a fixing back whose application was never recorded: nothing to do, they stay fixed. */
  | { readonly type: "KeepCriteria" }
  | ({ readonly type: "ReservePosition" } & PositionOf)
  | ({ readonly type: "TakePosition" } & PositionOf)
  | ({ readonly type: "ReleasePosition"; readonly reason: string } & PositionOf);
