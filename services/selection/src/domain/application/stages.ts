import type { ApplicationStage } from "@safar/contracts";
import { type RefusalOf } from "@safar/kernel";

export type StageRefusal = RefusalOf<
  | "already-done"
  | "application-not-submitted"
  | "not-shortlisted"
  | "offer-pending"
  | "offer-accepted"
  | "application-over"
>;

/** Stages in which nothing was decided against the candidate and nothing was offered yet. */
export const UNDECIDED: readonly ApplicationStage[] = ["submitted", "shortlisted", "interviewing", "interviewed"];
/** From which an interview may be arranged or a position offered: somebody decided, with reasons, to go on. */
export const CHOSEN: readonly ApplicationStage[] = ["shortlisted", "interviewing", "interviewed", "reserve"];

/** Not over: it can still be withdrawn. */
export const LIVE: readonly ApplicationStage[] = [...UNDECIDED, "reserve", "offered", "accepted"];

/** Why a command does not fit a stage; undefined where it is one of `allowed`. `done`: the command's own outcome. */
export const stageRefusal = (
  stage: ApplicationStage,
  allowed: readonly ApplicationStage[],
  done?: ApplicationStage,
): StageRefusal | undefined => {
  if (allowed.includes(stage)) return undefined;
  if (stage === done) return { code: "already-done" };
  switch (stage) {
    case "none":
      return { code: "application-not-submitted" };
    case "submitted":
      return { code: "not-shortlisted" };
    case "offered":
      return { code: "offer-pending" };
    case "accepted":
      return { code: "offer-accepted" };
    case "shortlisted":
    case "interviewing":
    case "interviewed":
    case "reserve":
      return { code: "already-done" };
    case "declined":
    case "rejected":
    case "withdrawn":
      return { code: "application-over" };
  }
};
