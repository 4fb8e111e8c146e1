import {
  contractHolder,
  type ContractDifference,
  type ContractHolder,
  type FactOf,
  type placementContracts,
} from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";
import type { Contract } from "./commands.ts";
import { evolvePlacement, type Mismatch, type PlacementState } from "./state.ts";

type Fact = FactOf<typeof placementContracts>;

/** The round that is under way; undefined before the first one opens and once it has ended. */
export const liveRound = ({ lifecycle }: PlacementState): string | undefined =>
  lifecycle.ended === undefined ? lifecycle.round : undefined;

/** What contracts are compared with: that of the visa stage, or where the journey starts abroad the first one shown. */
const referenceOf = (state: PlacementState): Contract | undefined => {
  const { references, lifecycle, openedLate, startsAbroad, claims } = state;
  const ofRound = references.findLast(({ round }) => round === lifecycle.round);
  return ofRound ?? (openedLate ? references.at(-1) : undefined) ?? (startsAbroad ? claims.firstContract : undefined);
};

/** The employer of the present round, as the contract of the visa stage or the employer's own word names it. */
export const employerIdOf = ({ references, lifecycle, claims, early }: PlacementState): string | undefined =>
  references.findLast(({ round }) => round === lifecycle.round)?.employerId ??
  claims.employer?.employerId ??
  references.at(-1)?.employerId ??
  early.employer?.employerId;

/** Contract substitution (scenarios.md, 10): where hash, wage, hours or job are not what was signed. */
export const differencesOf = (reference: Contract, shown: Contract): ContractDifference[] => {
  const { wageMonth, hoursPerWeek, isco } = reference.terms;
  const { terms } = shown;
  const isOtherWage = terms.wageMonth.minor !== wageMonth.minor || terms.wageMonth.currency !== wageMonth.currency;
  return [
    ...(shown.sha256 === reference.sha256 ? [] : (["hash"] as const)),
    ...(isOtherWage ? (["wage"] as const) : []),
    ...(terms.hoursPerWeek === hoursPerWeek ? [] : (["hours"] as const)),
    ...(terms.isco === isco ? [] : (["job"] as const)),
  ];
};

interface Difference {
  readonly uploadedBy: ContractHolder;
  readonly sha256: string;
  readonly referenceSha256: string;
  readonly differences: ContractDifference[];
}

const differingContracts = (state: PlacementState): Difference[] => {
  const reference = referenceOf(state);
  if (!reference) return [];
  return contractHolder.options.flatMap((uploadedBy) => {
    const shown = state.claims.contracts[uploadedBy];
    const differences = shown ? differencesOf(reference, shown) : [];
    if (!shown || differences.length === 0) return [];
    return [{ uploadedBy, sha256: shown.sha256, referenceSha256: reference.sha256, differences }];
  });
};

const recorded = (
  { mismatches }: PlacementState,
  { uploadedBy, sha256, differences }: Difference,
): Mismatch | undefined =>
  mismatches.find(
    (mismatch) =>
      mismatch.uploadedBy === uploadedBy &&
      mismatch.sha256 === sha256 &&
      mismatch.differences.join() === differences.join(),
  );

/** A contract that differs and that nobody has accepted: the confirmation waits. */
export const isHeldByMismatch = (state: PlacementState): boolean =>
  differingContracts(state).some((difference) => recorded(state, difference)?.accepted !== true);

/** The candidate says there is no job, while agency or employer say placed (scenarios.md, 12). */
const isContradicted = ({ claims, lifecycle }: PlacementState): boolean =>
  !lifecycle.disputed &&
  claims.candidate?.placed === false &&
  (claims.agency?.placed === true || claims.employer !== undefined);

/** A report of candidate or agency and the employer's confirmation with the contract agree (lifecycle.md, 6). */
const isAgreed = (state: PlacementState): boolean => {
  const { claims, lifecycle, settledAsPlaced } = state;
  const isReported = claims.candidate?.placed === true || claims.agency?.placed === true || settledAsPlaced;
  const isFree = !lifecycle.confirmed && !lifecycle.disputed && referenceOf(state) !== undefined;
  return isReported && claims.employer !== undefined && isFree && !isHeldByMismatch(state);
};

/** The facts, and what follows from them in the same append: mismatches, a dispute, or the confirmation. */
export const withConsequences = (state: PlacementState, facts: readonly Fact[], today: IsoDate): Fact[] => {
  const all = [...facts];
  let after = facts.reduce(evolvePlacement, state);
  const round = liveRound(after);
  if (round === undefined) return all;
  const record = (fact: Fact): void => {
    all.push(fact);
    after = evolvePlacement(after, fact);
  };
  for (const difference of differingContracts(after))
    if (!recorded(after, difference)) record({ type: "ContractMismatchDetected", data: { round, ...difference } });
  const cause = "candidate-reports-no-job";
  if (isContradicted(after)) record({ type: "PlacementDisputed", data: { round, cause }, reasonCode: cause });
  if (isAgreed(after))
    record({ type: "PlacementConfirmed", data: { round, employerId: employerIdOf(after), confirmedOn: today } });
  return all;
};
