import type { FactOf, personContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import type { PersonCommand } from "./commands.ts";
import type { PersonState } from "./state.ts";

export type PersonRefusal = RefusalOf<"open-journey-exists" | "already-done">;

/** One open journey per person (lifecycle.md, 1). */
export const decidePerson = (
  state: PersonState,
  command: PersonCommand,
): Decision<FactOf<typeof personContracts>, PersonRefusal> => {
  switch (command.type) {
    case "OpenJourney":
      if (state.openCaseId === command.caseId) return refuse("already-done");
      // Not named: whoever is refused here may belong to another unit. The door names it to who may see it.
      if (state.openCaseId !== undefined) return refuse("open-journey-exists", { case: "—" });
      return accept({ type: "JourneyOpened", data: { caseId: command.caseId } });
    case "EndJourney":
      if (state.openCaseId !== command.caseId) return refuse("already-done");
      return accept({ type: "JourneyEnded", data: { caseId: command.caseId, cause: command.cause } });
  }
};
