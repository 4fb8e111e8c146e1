import { isValidOn, provesLanguage, type Requirements, type TrainingTrack } from "@safar/contracts";
import type { AssessedTrack } from "./commands.ts";
import type { Enrolment, TrainingState } from "./state.ts";

/** What a requirement set asks of training. */
export const requiredTracks = (requires: Requirements): TrainingTrack[] => [
  ...(requires.certificate ? (["trade"] as const) : []),
  ...(requires.language ? (["language"] as const) : []),
  ...(requires.orientation === null ? [] : (["orientation"] as const)),
];

/** What of it the case does not hold yet, on a date. Certificates usually precede the offer. */
export const missingTracks = (state: TrainingState, requires: Requirements, on: string): TrainingTrack[] => {
  const valid = state.certificates.filter((certificate) => isValidOn(certificate, on));
  const holds = (track: TrainingTrack): boolean => {
    switch (track) {
      case "language": {
        const { language } = requires;
        return language === null || valid.some((one) => one.track === "language" && provesLanguage(one, language));
      }
      case "orientation":
        return state.orientations.some(({ destination }) => destination === requires.orientation);
      case "trade":
      case "softSkills":
        return valid.some((certificate) => certificate.track === track);
    }
  };
  return requiredTracks(requires).filter((track) => !holds(track));
};

export const isAssessed = (track: TrainingTrack): track is AssessedTrack => track !== "orientation";

/** Trade and language both, where the course is "kasb + til": what is left to pass before any certificate of it. */
export const tracksToPass = ({ content, results }: Enrolment): AssessedTrack[] =>
  (content?.tracks ?? []).filter(isAssessed).filter((track) => results[track]?.passed !== true);

/** A seat that somebody still needs: not given back, and something of the course is still ahead. */
export const needsItsSeat = (state: TrainingState, enrolmentId: string): boolean => {
  const enrolment = state.enrolments[enrolmentId];
  if (!enrolment?.content || enrolment.cancelled) return false;
  const isOriented = state.orientations.some((orientation) => orientation.enrolmentId === enrolmentId);
  const orientationIsAhead = enrolment.content.tracks.includes("orientation") && !isOriented;
  return orientationIsAhead || tracksToPass(enrolment).length > 0;
};
