import {
  CaseReopened,
  CaseResumed,
  CaseUnmerged,
  ConsentGranted,
  CvPublished,
  CvRevised,
  DuplicateDismissed,
  IdentityVerified,
  registrationContracts,
} from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { candidacy, candidateOfRegistration } from "../aggregates.ts";
import type { CandidacyCommand } from "../domain/candidacy/commands.ts";
import type { CandidacyState } from "../domain/candidacy/state.ts";
import { matchableCv, type CandidateView } from "../domain/candidate-view.ts";
import { isSame } from "../domain/same.ts";

/** Identity proven and a CV published, in whichever order they come: the CV is open to matching. */
export const whenCvMayBeMatched = reaction({
  name: "when-cv-may-be-matched",
  on: [
    IdentityVerified,
    CvPublished,
    CvRevised,
    ConsentGranted,
    CaseResumed,
    DuplicateDismissed,
    CaseReopened,
    CaseUnmerged,
  ].map((contract) => ({ category: registrationContracts.category, contract })),
  async then(event, edge) {
    const { caseId } = event.meta;
    if (caseId === undefined) return [];
    const candidate = await edge.load<CandidateView>(candidateOfRegistration, caseId);
    const cv = matchableCv(candidate.state);
    if (!cv) return [];
    const { isco, experienceYears, languages, destinations } = cv;
    const profile = { isco, experienceYears, languages, destinations };
    const own = await edge.load<CandidacyState>(candidacy, caseId);
    if (isSame(own.state.profile, profile)) return [];
    const command: CandidacyCommand = { type: "OpenCv", profile };
    return [{ aggregate: candidacy, id: caseId, command }];
  },
});
