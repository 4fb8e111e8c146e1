import { LANGUAGES, type Language } from "@safar/contracts";

/** What a caller asks for, by `Accept-Language` (RFC 9110, 12.5.4); English where nothing fits. */
export const languageOf = (header: string | undefined): Language => {
  const wanted = (header ?? "")
    .split(",")
    .map((part, index) => {
      const [tag = "", ...parameters] = part.trim().split(";");
      const quality = parameters.map((parameter) => /^\s*q=([\d.]+)/.exec(parameter)?.[1]).find(Boolean);
      return { tag: tag.trim().toLowerCase(), quality: quality === undefined ? 1 : Number(quality), index };
    })
    .filter(({ tag, quality }) => tag !== "" && quality > 0)
    .sort((a, b) => b.quality - a.quality || a.index - b.index);
  for (const { tag } of wanted) {
    const exact = LANGUAGES.find(
      (language) => tag === language.toLowerCase() || tag.startsWith(`${language.toLowerCase()}-`),
    );
    if (exact) return exact;
    // `uz` and `uz-UZ`, as browsers and machines of the country say it, name no script: the official one is Latin.
    if (tag === "uz" || tag.startsWith("uz-")) return "uz-Latn";
  }
  return "en";
};
