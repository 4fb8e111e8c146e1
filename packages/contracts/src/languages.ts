/** The four languages of what users see. */
export const LANGUAGES = ["uz-Latn", "uz-Cyrl", "ru", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

/** A sentence in all four; `{name}` is replaced by the parameter of that name. */
export type Sentence = Readonly<Record<Language, string>>;

export const say = (
  sentence: Sentence,
  language: Language,
  params: Readonly<Record<string, string | number>> = {},
): string => sentence[language].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
