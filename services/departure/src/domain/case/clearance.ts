import {
  clearanceItemsOf,
  hasLeftCountry,
  isValidOn,
  provesLanguage,
  type ClearanceItem,
  type departureContracts,
  type FactOf,
} from "@safar/contracts";
import { fold } from "@safar/kernel";
import { evolveDeparture, type DepartureState } from "./state.ts";

export type DepartureFact = FactOf<typeof departureContracts>;

const isMet = (state: DepartureState, item: ClearanceItem, on: string): boolean => {
  const { round } = state.lifecycle;
  const { requires } = state.opening ?? {};
  if (item === "insurance") return state.covers.some((cover) => cover.round === round && isValidOn(cover, on));
  const proofs = state.proofs.filter((proof) => proof.requirement === item && isValidOn(proof, on));
  // The dossier looked at it for this very round.
  if (round !== undefined && proofs.some((proof) => proof.round === round)) return true;
  switch (item) {
    case "certificate":
      return proofs.some((proof) => proof.round === undefined);
    case "language":
      return proofs.some((proof) => requires?.language && provesLanguage(proof, requires.language));
    case "orientation":
      return proofs.some(({ destination }) => destination !== undefined && destination === requires?.orientation);
    case "dossier":
    case "visa":
    case "medical":
      return false;
  }
};

/** What the requirement set in force still lacks on a date. Before it is known: what every departure needs. */
export const missingItems = (state: DepartureState, on: string): ClearanceItem[] =>
  clearanceItemsOf(state.opening?.requires).filter((item) => !isMet(state, item, on));

/** The facts, and the clearance with them where they met the last item. */
export const withGrant = (
  state: DepartureState,
  facts: readonly DepartureFact[],
  { mayGrant, on }: { readonly mayGrant: boolean; readonly on: string },
): readonly DepartureFact[] => {
  const after = fold(evolveDeparture, state, facts);
  const { round, opened, cleared, stopped } = after.lifecycle;
  if (!mayGrant || round === undefined || !opened || cleared) return facts;
  // Who left without a clearance is not cleared afterwards; what was cancelled is asked for anew.
  if (hasLeftCountry(after.lifecycle) || stopped === "cancelled") return facts;
  return missingItems(after, on).length > 0 ? facts : [...facts, { type: "ClearanceGranted", data: { round } }];
};
