import type { FactOf, visaDocsContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { withConsequences } from "./checklist.ts";
import type { MedicalCommand } from "./commands.ts";
import type { DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;
export type MedicalRefusal = RefusalOf<"already-done" | "examination-open">;

export const decideMedical = (state: DossierState, command: MedicalCommand): Decision<Fact, MedicalRefusal> => {
  const { effectiveAt } = command;
  if (command.type === "OrderMedical") {
    const { examinationId, orderedOn } = command;
    if (state.examinations.some(({ result }) => result === "ordered")) return refuse("examination-open");
    return accept({ type: "MedicalOrdered", data: { examinationId, orderedOn }, effectiveAt });
  }
  const { result, today } = command;
  const earlier = state.examinations.find(({ examinationId }) => examinationId === result.examinationId);
  if (earlier?.resultClass === result.resultClass && earlier.validUntil === result.validUntil)
    return refuse("already-done");
  const fact: Fact =
    result.resultClass === "unfit"
      ? { type: "MedicalFailed", data: result, effectiveAt }
      : { type: "MedicalPassed", data: result, effectiveAt };
  return accept(...withConsequences(state, [fact], today));
};
