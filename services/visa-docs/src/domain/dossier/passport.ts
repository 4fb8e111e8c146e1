import { addMonths, type IsoDate, type RefusalOf } from "@safar/kernel";
import type { PassportValidity } from "./commands.ts";
import type { DossierState } from "./state.ts";

export type PassportRefusal = RefusalOf<"form-not-available" | "passport-expires-too-soon">;

/** The passport outlives the contract by the corridor's months (lifecycle.md, 4); undefined where it does. */
export const passportRefusal = (passport: PassportValidity | undefined): PassportRefusal | undefined => {
  if (passport === undefined || passport.lasts === true) return undefined;
  if (passport.lasts === "unknown") return { code: "form-not-available" };
  return { code: "passport-expires-too-soon", params: { neededUntil: passport.neededUntil } };
};

/**
 * Compares a passport's expiry, in clear at the edge, with the contract of the round: it starts on the day that the
 * contract says, or else today at the earliest. Undefined where no dossier is open.
 */
export const passportValidity = (
  { offer }: Pick<DossierState, "offer">,
  startsOn: IsoDate,
  expiry: IsoDate | undefined,
): PassportValidity | undefined => {
  if (!offer) return undefined;
  const neededUntil = addMonths(startsOn, offer.contractMonths + offer.requires.passportMonthsAfterContract);
  return { neededUntil, lasts: expiry === undefined ? "unknown" : expiry >= neededUntil };
};
