import { hasLeftCountry, type DepartureLifecycle } from "@safar/contracts";
import type { CandidateView } from "./candidate-view.ts";

/** What departure has recorded of a case. */
export type Departed = DepartureLifecycle;

/**
 * Whether the worker of an accepted offer has left for the job or works there: then there is no application left to
 * take back, and the position stays taken. An exit whose round is not known yet counts too.
 */
export const isUnderWay = (
  applicationId: string,
  { placedRounds }: Pick<CandidateView, "placedRounds">,
  departed: Departed,
): boolean => {
  if (placedRounds.includes(applicationId)) return true;
  return (departed.round === undefined || departed.round === applicationId) && hasLeftCountry(departed);
};
