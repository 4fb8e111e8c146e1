/** The four languages of what users see. */
export const LANGUAGES = ["uz-Latn", "uz-Cyrl", "ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence in all four; `{name}` is replaced by the parameter of that name. */
export type Sentence = Readonly<Record<Language, string>>;

export const sentenceOf = (uzLatn: string, uzCyrl: string, ru: string, en: string): Sentence => ({
  "uz-Latn": uzLatn,
  "uz-Cyrl": uzCyrl,
  ru,
  en,
});

/** What stands for `{name}`: a value that is the same everywhere, or words of each language. */
export type SentenceParams = Readonly<Record<string, string | number | Sentence>>;

export const say = (sentence: Sentence, language: Language, params: SentenceParams = {}): string =>
  sentence[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const param = Object.hasOwn(params, name) ? params[name] : undefined;
    if (typeof param === "object") return say(param, language, params);
    return param === undefined ? whole : String(param);
  });

/** A list within a sentence. */
export const listed = (sentences: readonly Sentence[]): Sentence => {
  const joined = (language: Language): string => sentences.map((sentence) => sentence[language]).join(", ");
  return sentenceOf(joined("uz-Latn"), joined("uz-Cyrl"), joined("ru"), joined("en"));
};
