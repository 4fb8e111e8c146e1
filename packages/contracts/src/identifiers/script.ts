/**
 * Every sign that people type for the apostrophe of o' and g' or for the tutuq belgisi: straight, backtick, acute,
 * the four curly quotes, prime, the modifier letters, and their full-width forms.
 */
const APOSTROPHES = /['`´‘’‚‛′‵ʹʻʼʽʾʿˈˊˋ＇｀]/gu;

export const withoutApostrophes = (text: string): string => text.replace(APOSTROPHES, "");

/** Cyrillic letters that look like a Latin letter when written in upper case, and that Latin letter. */
const LATIN_LOOK_ALIKE: Readonly<Record<string, string>> = {
  А: "A",
  В: "B",
  Е: "E",
  К: "K",
  М: "M",
  Н: "H",
  О: "O",
  Р: "P",
  С: "C",
  Т: "T",
  Х: "X",
};

/** Replaces the Cyrillic look-alikes of upper-case text by the Latin letters they look like. */
export const latinLookAlikes = (upperCaseText: string): string =>
  upperCaseText.replace(/[АВЕКМНОРСТХ]/gu, (letter) => LATIN_LOOK_ALIKE[letter] ?? letter);

export type Script = "latin" | "cyrillic" | "mixed" | "other";

/** Which of the two scripts of Uzbek names a text is written in; `other` where it has letters of neither. */
export const scriptOf = (text: string): Script => {
  const latin = /\p{Script=Latin}/u.test(text);
  const cyrillic = /\p{Script=Cyrillic}/u.test(text);
  if (latin && cyrillic) return "mixed";
  if (latin) return "latin";
  return cyrillic ? "cyrillic" : "other";
};
