import {
  deadlinePolicy,
  DEADLINE_POLICIES_VERSION,
  type FactOfContract,
  type VacancyEntryOverdue,
} from "@safar/contracts";
import { addDays } from "@safar/kernel";

/** "3 days" names neither a starting event nor the kind of days (numbers.md, 5): all of it is policy data. */
const VACANCY_ENTRY_POLICY = "vacancy-entry";

/** import.md: more than three days after the contract. */
export const ENTERED_AFTER_DEADLINE = "entered-after-deadline";

/** What is on record of a late entry; undefined where it was in time, or where no contract is known. */
export const lateEntry = (dates: {
  readonly contractSignedOn?: string | undefined;
  readonly enteredOn: string;
}): FactOfContract<typeof VacancyEntryOverdue>["data"] | undefined => {
  const { contractSignedOn, enteredOn } = dates;
  const length = deadlinePolicy(VACANCY_ENTRY_POLICY)?.length;
  if (contractSignedOn === undefined || !length) return undefined;
  const dueOn = addDays(contractSignedOn, length.days);
  if (enteredOn <= dueOn) return undefined;
  return {
    policy: VACANCY_ENTRY_POLICY,
    policyVersion: DEADLINE_POLICIES_VERSION,
    contractSignedOn,
    dueOn,
    enteredOn,
  };
};
