import { latinLookAlikes, scriptOf, withoutApostrophes } from "./script.ts";

/**
 * Cyrillic of Uzbek, Russian, Karakalpak, Kazakh and Tajik by the Latin alphabet of Uzbek, without its apostrophes:
 * ў and о both give o, ғ and г both g. Hard and soft signs vanish, as the apostrophe that stands for them does.
 */
const LATIN_OF_CYRILLIC: Readonly<Record<string, string>> = {
  а: "a",
  б: "b",
  в: "v",
  г: "g",
  ғ: "g",
  д: "d",
  е: "e",
  э: "e",
  ё: "yo",
  ж: "j",
  ҷ: "j",
  з: "z",
  и: "i",
  ы: "i",
  і: "i",
  ӣ: "i",
  й: "y",
  к: "k",
  қ: "q",
  л: "l",
  м: "m",
  н: "n",
  ң: "n",
  о: "o",
  ў: "o",
  ө: "o",
  п: "p",
  р: "r",
  с: "s",
  т: "t",
  у: "u",
  ү: "u",
  ұ: "u",
  ӯ: "u",
  ф: "f",
  х: "x",
  ҳ: "h",
  һ: "h",
  ц: "ts",
  ч: "ch",
  ш: "sh",
  щ: "sh",
  ъ: "",
  ь: "",
  ю: "yu",
  я: "ya",
  ә: "a",
};

/** Letters whose mark changes what they stand for; every other mark is only dropped. */
const LATIN_WITH_MARK: Readonly<Record<string, string>> = {
  ş: "sh",
  ç: "ch",
  ı: "i",
  ß: "ss",
  æ: "ae",
  ø: "o",
  ð: "d",
  þ: "th",
  ł: "l",
};

/**
 * A word with letters of both scripts was typed on the wrong keyboard: where every Cyrillic letter of it looks like a
 * Latin one, the Latin one was meant, so that "Hаkimov" with a Cyrillic а is folded as Hakimov, and one with a Cyrillic Н too.
 */
const inOneScript = (word: string): string => {
  if (scriptOf(word) !== "mixed") return word;
  const upper = latinLookAlikes(word.toUpperCase());
  return scriptOf(upper) === "latin" ? upper : word;
};

const transliterate = (word: string): string =>
  inOneScript(word)
    .toLowerCase()
    .normalize("NFC")
    .replace(/./gu, (letter) => LATIN_OF_CYRILLIC[letter] ?? LATIN_WITH_MARK[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "");

/**
 * The words of a text with script, case, apostrophes, marks and punctuation folded away; letters and digits stay.
 * Two texts are the same to a reader of either script where these words are equal. Words may be empty of letters
 * (a lone apostrophe): those are left out.
 */
export const foldTextWords = (text: string): readonly string[] =>
  withoutApostrophes(text)
    .normalize("NFC")
    .replace(/\p{Cf}/gu, "")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(transliterate)
    .filter((word) => word !== "");

/** The same as one key: what partners and the cells of a vacancy are compared by. */
export const foldText = (text: string): string => foldTextWords(text).join(" ");
