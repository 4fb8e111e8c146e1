import type { duplicatePairContracts, FactOf } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { DuplicatePairCommand } from "./commands.ts";
import type { DuplicatePairState } from "./state.ts";

export type DuplicatePairRefusal = RefusalOf<"duplicate-not-suspected" | "already-done">;

/** Two cases are decided upon at one of them: the first one where a person does. The other one follows. */
export const decideDuplicatePair = (
  state: DuplicatePairState,
  command: DuplicatePairCommand,
): Decision<FactOf<typeof duplicatePairContracts>, DuplicatePairRefusal> => {
  const { caseId } = command;
  switch (command.type) {
    case "TakeDecision":
      if (state.caseId !== undefined && state.caseId !== caseId) return refuse("duplicate-not-suspected");
      return accept({ type: "DuplicateDecisionTaken", data: { caseId } });
    case "GiveDecisionBack":
      if (state.caseId !== caseId) return refuse("already-done");
      return accept({ type: "DuplicateDecisionGivenBack", data: { caseId } });
  }
};
