import type { Requirements } from "../reference/index.ts";
import { clearanceItem, type ClearanceItem } from "./departure.ts";

/** What every departure needs, whatever its corridor asks: papers in order, and cover before travel (numbers.md, 4). */
const ALWAYS: readonly ClearanceItem[] = ["dossier", "insurance"];

/** The items of a requirement set, in the order in which they are shown. Without a set: those that are always needed. */
export const clearanceItemsOf = (requires: Requirements | undefined): readonly ClearanceItem[] => {
  if (!requires) return ALWAYS;
  const asked: Readonly<Record<ClearanceItem, boolean>> = {
    dossier: true,
    visa: requires.workVisa,
    medical: requires.medical,
    language: requires.language !== null,
    certificate: requires.certificate,
    orientation: requires.orientation !== null,
    insurance: true,
  };
  return clearanceItem.options.filter((item) => asked[item]);
};
