import type { RefusalOf } from "@safar/kernel";
import type { PassportValidity } from "./commands.ts";

export type PassportRefusal = RefusalOf<"form-not-available" | "passport-expires-too-soon">;

/** The passport outlives the contract by the corridor's months (lifecycle.md, 4); undefined where it does. */
export const passportRefusal = (passport: PassportValidity | undefined): PassportRefusal | undefined => {
  if (passport === undefined || passport.lasts === true) return undefined;
  if (passport.lasts === "unknown") return { code: "form-not-available" };
  return { code: "passport-expires-too-soon", params: { neededUntil: passport.neededUntil } };
};
