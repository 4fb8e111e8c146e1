import { registrationStatus } from "@safar/contracts";
import type { RefusalOf } from "@safar/kernel";
import { isConsentInForce, type CandidateView } from "./candidate-view.ts";
import { isActive } from "./standing.ts";

/** Who looks at a CV from outside the candidate's unit. */
export type CvViewer = "employer" | "selector";

export type CvSharingRefusal = RefusalOf<
  "cv-not-published" | "case-not-active" | "interest-not-declared" | "consent-not-in-force"
>;

/**
 * Why a CV is not shown; undefined: it may be. An employer sees only CVs of candidates who declared interest in that
 * vacancy and whose consent to sharing with employers is in force (lifecycle.md, 1 and 3).
 */
export const whyNotShown = (
  candidate: CandidateView,
  asked: { readonly vacancyId: string; readonly viewer: CvViewer; readonly today: string },
): CvSharingRefusal | undefined => {
  if (!candidate.cv) return { code: "cv-not-published" };
  if (!isActive(registrationStatus(candidate.lifecycle))) return { code: "case-not-active" };
  if (asked.viewer === "selector") return undefined;
  if (!candidate.interests.includes(asked.vacancyId)) return { code: "interest-not-declared" };
  if (!isConsentInForce(candidate, "employers", asked.today)) return { code: "consent-not-in-force" };
  return undefined;
};
