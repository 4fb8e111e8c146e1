import type { PersonIndexEntries } from "../../src/index.ts";

/** Invented people; the PINFLs are the synthetic ones of identifiers.md. */
export const MALIKA_PINFL = "41504901230010";
export const OTABEK_PINFL = "31504901230013";

export const MALIKA: PersonIndexEntries = {
  passport: "AA 1234567",
  phone: "+998901234567",
  surname: "G‘ofurova",
  givenName: "Malika",
  patronymic: "Oʻktam qizi",
  birthDate: "1990-04-15",
};

export const OTABEK: PersonIndexEntries = {
  passport: "AB7654321",
  phone: "+998937654321",
  surname: "Toshmatov",
  givenName: "Otabek",
  patronymic: "Oʻktam oʻgʻli",
  birthDate: "1990-04-15",
};

/** A PINFL of its own for every number. */
export const pinflOf = (number: number): string => `3${String(number).padStart(13, "0")}`;

/** Who of many people has a file too. */
export const hasScan = (number: number): boolean => number % 8 === 0;
