import type { FactOf, vacancyContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { isSame } from "../same.ts";
import type { PositionOf, VacancyCommand } from "./commands.ts";
import { ENTERED_AFTER_DEADLINE, lateEntry } from "./entry-deadline.ts";
import { openPositions, takenPositions, type PublishedVacancy, type VacancyState } from "./state.ts";

type Fact = FactOf<typeof vacancyContracts>;

export type VacancyRefusal = RefusalOf<
  | "already-done"
  | "vacancy-not-published"
  | "criteria-fixed"
  | "criteria-changed"
  | "positions-below-held"
  | "no-open-position"
  | "position-not-reserved"
>;
type VacancyDecision = Decision<Fact, VacancyRefusal>;

type Command<Type extends VacancyCommand["type"]> = Extract<VacancyCommand, { type: Type }>;

const publish = (state: VacancyState, { vacancy }: Command<"PublishVacancy">): VacancyDecision => {
  if (state.vacancy) return refuse("already-done");
  const late = lateEntry(vacancy);
  const warnings = [...new Set([...vacancy.warnings, ...(late ? [ENTERED_AFTER_DEADLINE] : [])])];
  return accept<Fact>(
    { type: "VacancyPublished", data: { ...vacancy, warnings, criteriaVersion: 1 } },
    ...(late ? [{ type: "VacancyEntryOverdue", data: late } as const] : []),
  );
};

const filled = (positions: number): Fact => ({ type: "VacancyFilled", data: { positions } });

const revise = (
  state: VacancyState,
  vacancy: PublishedVacancy,
  { reason, changes }: Command<"ReviseVacancy">,
): VacancyDecision => {
  const { positions, contractMonths, terms, requirements } = changes;
  const differs = (key: keyof typeof changes): boolean =>
    changes[key] !== undefined && !isSame(changes[key], vacancy[key]);
  if (positions !== undefined && positions < Object.keys(state.held).length)
    return refuse("positions-below-held", { held: Object.keys(state.held).length });
  if (differs("requirements") && state.criteriaFixed) return refuse("criteria-fixed");
  const changed = {
    ...(differs("positions") ? { positions } : {}),
    ...(differs("contractMonths") ? { contractMonths } : {}),
    ...(differs("terms") ? { terms } : {}),
    ...(differs("requirements") ? { requirements, criteriaVersion: state.criteriaVersion + 1 } : {}),
  };
  if (Object.keys(changed).length === 0) return refuse("already-done");
  const filledNow = changed.positions === takenPositions(state) ? changed.positions : undefined;
  return accept<Fact>(
    { type: "VacancyRevised", data: { reason, ...changed }, reasonCode: reason },
    ...(filledNow === undefined ? [] : [filled(filledNow)]),
  );
};

/** The same criteria version for all applicants: it is fixed here before the first application is on record. */
const fixCriteria = (state: VacancyState, command: Command<"FixCriteria">): VacancyDecision => {
  const { criteriaVersion, applicationId, caseId } = command;
  if (criteriaVersion !== state.criteriaVersion) return refuse("criteria-changed");
  return accept({ type: "CriteriaFixed", data: { criteriaVersion, applicationId, caseId } });
};

const positionOf = ({ offerId, applicationId, caseId }: PositionOf): PositionOf => ({ offerId, applicationId, caseId });

/** Offers never exceed the open positions, whichever two race: this stream alone decides. */
const decidePosition = (
  state: VacancyState,
  vacancy: PublishedVacancy,
  command: Command<"ReservePosition" | "TakePosition" | "ReleasePosition">,
): VacancyDecision => {
  const held = state.held[command.offerId];
  switch (command.type) {
    case "ReservePosition":
      if (held) return refuse("already-done");
      if (openPositions(state) === 0) return refuse("no-open-position", { positions: vacancy.positions });
      return accept({ type: "PositionReserved", data: positionOf(command) });
    case "TakePosition": {
      if (!held) return refuse("position-not-reserved");
      if (held.taken) return refuse("already-done");
      const isLast = takenPositions(state) + 1 === vacancy.positions;
      return accept<Fact>(
        { type: "PositionTaken", data: positionOf(command) },
        ...(isLast ? [filled(vacancy.positions)] : []),
      );
    }
    case "ReleasePosition": {
      if (!held) return refuse("already-done");
      const { reason } = command;
      return accept({
        type: "PositionReleased",
        data: { ...positionOf(command), reason, wasTaken: held.taken },
        reasonCode: reason,
      });
    }
  }
};

export const decideVacancy = (state: VacancyState, command: VacancyCommand): VacancyDecision => {
  if (command.type === "PublishVacancy") return publish(state, command);
  const { vacancy } = state;
  if (!vacancy) return refuse("vacancy-not-published");
  switch (command.type) {
    case "ReviseVacancy":
      return revise(state, vacancy, command);
    case "FixCriteria":
      return fixCriteria(state, command);
    case "KeepCriteria":
      return refuse("already-done");
    case "ReservePosition":
    case "TakePosition":
    case "ReleasePosition":
      return decidePosition(state, vacancy, command);
  }
};
