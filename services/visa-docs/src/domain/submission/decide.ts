import type { FactOf, submissionContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { SubmissionGroupCommand } from "./commands.ts";
import type { SubmissionState } from "./state.ts";

type Fact = FactOf<typeof submissionContracts>;
export type SubmissionGroupRefusal = RefusalOf<
  "already-done" | "unknown-submission" | "submission-full" | "submission-already-sent" | "submission-empty"
>;

export const decideSubmissionGroup = (
  state: SubmissionState,
  command: SubmissionGroupCommand,
): Decision<Fact, SubmissionGroupRefusal> => {
  if (command.type === "PlanSubmission")
    return state.destination === undefined
      ? accept({ type: "SubmissionPlanned", data: command.plan })
      : refuse("already-done");
  if (state.destination === undefined) return refuse("unknown-submission");
  switch (command.type) {
    case "ReservePlace": {
      const { caseId } = command;
      if (state.caseIds.includes(caseId)) return refuse("already-done");
      if (state.status === "sent") return refuse("submission-already-sent");
      if (state.caseIds.length >= state.places) return refuse("submission-full", { places: state.places });
      return accept({ type: "SubmissionPlaceReserved", data: { caseId } });
    }
    case "ReleasePlace": {
      const { caseId, reason } = command;
      if (!state.caseIds.includes(caseId)) return refuse("already-done");
      return accept({ type: "SubmissionPlaceReleased", data: { caseId, reason }, reasonCode: reason });
    }
    case "SendSubmission": {
      const { submittedOn, effectiveAt } = command;
      if (state.status === "sent") return refuse("already-done");
      if (state.caseIds.length === 0) return refuse("submission-empty");
      return accept({ type: "SubmissionSent", data: { submittedOn, caseIds: [...state.caseIds] }, effectiveAt });
    }
  }
};
