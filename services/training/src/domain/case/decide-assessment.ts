import { accept, refuse } from "@safar/kernel";
import type { TrainingCommand } from "./commands.ts";
import type { TrainingDecision } from "./decide.ts";
import { tracksToPass } from "./progress.ts";
import type { Enrolment, TrainingState } from "./state.ts";

type CommandOf<Type extends TrainingCommand["type"]> = Extract<TrainingCommand, { type: Type }>;

/** The level of a language is what was reached; where that is not said, what the course leads to. */
const recordAssessment = (enrolment: Enrolment, command: CommandOf<"RecordAssessment">): TrainingDecision => {
  const { enrolmentId, track, heldOn, score, effectiveAt } = command;
  const before = enrolment.results[track];
  if (before?.passed) return refuse(command.passed ? "already-done" : "already-passed", { track });
  const data = { enrolmentId, track, attempt: (before?.attempts ?? 0) + 1, heldOn, score };
  if (!command.passed) return accept({ type: "AssessmentFailed", data, effectiveAt });
  const cefr = track === "language" ? (command.cefr ?? enrolment.content?.cefr) : undefined;
  return accept({ type: "AssessmentPassed", data: { ...data, cefr }, effectiveAt });
};

const scheduleRetake = (enrolment: Enrolment, command: CommandOf<"ScheduleRetake">): TrainingDecision => {
  const { enrolmentId, track, scheduledFor } = command;
  if (enrolment.cancelled) return refuse("enrolment-cancelled");
  const result = enrolment.results[track];
  if (!result || result.passed) return refuse("nothing-to-retake", { track });
  if (result.retakeOn === scheduledFor) return refuse("already-done");
  const data = { enrolmentId, track, attempt: result.attempts + 1, scheduledFor };
  return accept({ type: "RetakeScheduled", data });
};

const issueCertificate = (
  state: TrainingState,
  enrolment: Enrolment,
  command: CommandOf<"IssueCertificate">,
): TrainingDecision => {
  const { type: _type, effectiveAt, ...certificate } = command;
  const { enrolmentId, track } = command;
  const isIssued = state.certificates.some((other) => other.enrolmentId === enrolmentId && other.track === track);
  if (isIssued) return refuse("already-done");
  const missing = tracksToPass(enrolment);
  if (missing.length > 0) return refuse("tracks-not-passed", { missing: missing.join(", ") });
  if (command.validUntil < command.issuedOn) return refuse("validity-ends-too-early");
  const { isco, language, cefr } = enrolment.content ?? {};
  const subject =
    track === "trade"
      ? { isco }
      : track === "language"
        ? { language, cefr: enrolment.results.language?.cefr ?? cefr }
        : {};
  return accept({ type: "CertificateIssued", data: { ...certificate, ...subject }, effectiveAt });
};

export const decideAssessment = (
  state: TrainingState,
  command: CommandOf<"RecordAssessment" | "ScheduleRetake" | "IssueCertificate">,
): TrainingDecision => {
  const enrolment = state.enrolments[command.enrolmentId];
  if (!enrolment?.content) return refuse("not-enrolled");
  if (!enrolment.content.tracks.includes(command.track)) return refuse("track-not-in-course", { track: command.track });
  switch (command.type) {
    case "RecordAssessment":
      return recordAssessment(enrolment, command);
    case "ScheduleRetake":
      return scheduleRetake(enrolment, command);
    case "IssueCertificate":
      return issueCertificate(state, enrolment, command);
  }
};
