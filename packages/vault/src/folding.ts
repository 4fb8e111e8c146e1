import { foldFullName, foldNameWords, normalisePassport, normalisePhone } from "@safar/contracts";
import type { PersonIndexEntries } from "./port.ts";

/** What stands in the place of each value before its HMAC: two spellings of one thing become one text. */

/** A number that is no Uzbek passport (a foreigner's) is still one: it is compared without spaces and case. */
export const foldPassport = (text: string): string =>
  normalisePassport(text)?.passport ?? text.replace(/\s/g, "").toUpperCase();

/** E.164; undefined for a text that is no phone number, which nobody is found by. */
export const foldPhone = (text: string): string | undefined => normalisePhone(text)?.phone;

export const foldWords = (name: string): readonly string[] => [...new Set(foldNameWords(name))];

/** All words of a person's name, once each. */
export const foldWordsOf = (entries: Pick<PersonIndexEntries, "surname" | "givenName" | "patronymic">) =>
  foldWords([entries.surname, entries.givenName, entries.patronymic ?? ""].join(" "));

type NameAndBirth = Pick<PersonIndexEntries, "surname" | "givenName" | "patronymic" | "birthDate">;

/** The full name with the birth date: what makes a duplicate suspected (import.md). */
export const foldNameAndBirth = (entries: NameAndBirth): string => `${foldFullName(entries)}\0${entries.birthDate}`;
