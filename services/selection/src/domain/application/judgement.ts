import { type Decision, type RefusalOf } from "@safar/kernel";
import type { Reasoned } from "./commands.ts";
import type { Applied, ApplicationState } from "./state.ts";

/** What holds for every decision on an applicant, whichever way it goes. */

export type JudgementRefusal = RefusalOf<
  "conflict-of-interest" | "scorer-may-not-decide" | "reasons-missing" | "assessment-unknown"
>;

/** Who scored does not decide, nor who declared a conflict; no decision without reasons (lifecycle.md, 3). */
export const whyNoDecision = (
  state: ApplicationState,
  { by, reasons, basedOn }: Reasoned & { readonly by: string },
): JudgementRefusal | undefined => {
  if (state.conflicted.includes(by)) return { code: "conflict-of-interest" };
  if (state.scorers.includes(by)) return { code: "scorer-may-not-decide" };
  if (reasons.length === 0) return { code: "reasons-missing" };
  const known = new Set(state.assessments.map(({ assessmentId }) => assessmentId));
  return basedOn.every((id) => known.has(id)) ? undefined : { code: "assessment-unknown" };
};

export const asFact = ({ reasons, basedOn, note }: Reasoned) => ({
  reasons: [...reasons],
  basedOn: [...basedOn],
  note,
});

export const idsOf = ({ applicationId, vacancyId }: Applied) => ({ applicationId, vacancyId });

export const refused = <const Refusal extends RefusalOf<string>>(refusal: Refusal): Decision<never, Refusal> => ({
  accepted: false,
  refusal,
});
