import { scriptOf } from "./script.ts";
import { foldTextWords } from "./text-folding.ts";

/**
 * One person's name reaches us in Uzbek Latin, Uzbek Cyrillic, Russian Cyrillic and the spelling of older passports,
 * and those cannot tell apart what Uzbek does: Russian writes Қ as К, Ҳ as Х, Ғ as Г and Ў as У; older passports write
 * KH, GH, ZH, DJ; Е stands for ye and for e. So the key unifies what any of them confuses (identifiers.md, Names):
 *
 *     x, kh = h    q = k    gh = g    u = o    w = v    zh, dj = j    ye = e    iy = i
 *
 * The price is that a few different names share a key (Nurmatov and Normatov); all three names and the birth date
 * must agree before a duplicate is suspected, and a person decides. Respellings that change other vowels (Ташматов
 * for Toshmatov) are not unified: they would make unlike names alike.
 */
const ONE_LETTER: Readonly<Record<string, string>> = { x: "h", q: "k", u: "o", w: "v" };
const TWO_LETTERS: Readonly<Record<string, string>> = { kh: "h", gh: "g", zh: "j", dj: "j", ye: "e", iy: "i" };

const unify = (word: string): string => {
  let key = word.replace(/[xquw]/g, (letter) => ONE_LETTER[letter] ?? letter);
  // Until nothing changes (dzh is dj, then j), so that folding a folded word gives that word. Each step shortens it.
  for (let before = ""; before !== key;) {
    before = key;
    key = key.replace(/kh|gh|zh|dj|ye|iy/g, (pair) => TWO_LETTERS[pair] ?? pair);
  }
  return key;
};

/** The folded words of a name or of a part of one, in their order. What a search by name compares. */
export const foldNameWords = (text: string): string[] => foldTextWords(text).map(unify);

export interface PersonName {
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic?: string;
}

/**
 * One key for surname, given name and patronymic. How a part is split into words does not matter (Abdu Rahmon is
 * Abdurahmon); which part a word stands in does. No patronymic equals only no patronymic.
 */
export const foldFullName = ({ surname, givenName, patronymic = "" }: PersonName): string =>
  [surname, givenName, patronymic].map((part) => foldPart(part)).join("|");

/** Words are joined before pairs are unified, so that a pair over the joint folds as it does within a word. */
const foldPart = (part: string): string => unify(foldTextWords(part).join(""));

/** `name-script-mixed`: Latin and Cyrillic letters stand in one person's name. */
export const isNameScriptMixed = ({ surname, givenName, patronymic = "" }: PersonName): boolean =>
  scriptOf([surname, givenName, patronymic].join(" ")) === "mixed";
