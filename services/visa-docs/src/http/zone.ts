import { isSex, mrzContradictions, parsePinfl, readMrz, type ClearPersonDetails, type Mrz } from "@safar/contracts";
import type { ZoneReading } from "../domain/dossier/commands.ts";

type Contradictions = Extract<ZoneReading, { kind: "compared" }>["contradictions"];

/** PINFL against form, and the zone against both; what is not stated contradicts nothing. */
const contradictionsOf = (zone: Mrz, form: ClearPersonDetails): Contradictions => {
  const { passport, birthDate, sex, pinfl } = form;
  const found = isSex(sex) ? mrzContradictions(zone, { passport, birthDate, sex, pinfl }) : [];
  const number = parsePinfl(pinfl);
  const contradictsItself = number !== undefined && (number.birthDate !== birthDate || number.sex !== sex);
  return contradictsItself && !found.includes("pinfl") ? [...found, "pinfl"] : found;
};

/** What a passport's zone says beside the form. Only the result goes on from here, never a value. */
export const readZone = (text: string | undefined, form: ClearPersonDetails | undefined): ZoneReading => {
  if (text === undefined) return { kind: "none" };
  if (!form) return { kind: "no-form" };
  const zone = readMrz(text);
  if (!zone || zone.format === "MRV-A" || zone.format === "MRV-B") return { kind: "unreadable" };
  if (zone.wrongCheckDigits.length > 0) return { kind: "misread" };
  return { kind: "compared", contradictions: contradictionsOf(zone, form) };
};
