/** The levels of the Common European Framework, lowest first. */
export const CEFR_LEVELS = ["A1", "A2", "B1", "B2", "C1", "C2"] as const;
export type CefrLevel = (typeof CEFR_LEVELS)[number];

const levels: ReadonlySet<string> = new Set(CEFR_LEVELS);
export const isCefrLevel = (text: string): text is CefrLevel => levels.has(text);

/** True where a level is at least the one that is required. */
export const reachesLevel = (level: CefrLevel, required: CefrLevel): boolean =>
  CEFR_LEVELS.indexOf(level) >= CEFR_LEVELS.indexOf(required);

const knownLanguages = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/**
 * The canonical form of a BCP 47 tag (`DE` is `de`, `deu` too) of a language that has a name; undefined for others,
 * a well-formed word that is no language included.
 */
export const normaliseLanguage = (tag: string): string | undefined => {
  if (!/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag)) return undefined;
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    return canonical !== undefined && knownLanguages.of(canonical) !== undefined ? canonical : undefined;
  } catch {
    // The standard functions throw a RangeError at a tag that is not well-formed.
    return undefined;
  }
};
