import { LANGUAGES, say, type Language } from "@safar/contracts";
import type { ProblemCatalogue } from "./send-problem.ts";

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** The page that a problem's `type` names: what it means and what to do, in every language. */
export const problemPage = (catalogue: ProblemCatalogue, code: string, language: Language): string | undefined => {
  const text = catalogue.get(code);
  if (!text) return undefined;
  const order = [language, ...LANGUAGES.filter((other) => other !== language)];
  const sections = order.map(
    (each) =>
      `<section lang="${each}"><h2>${escaped(say(text.title, each))}</h2><p>${escaped(say(text.detail, each))}</p></section>`,
  );
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(code)}</title><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem}</style><h1><code>${escaped(code)}</code> · ${text.status}</h1>${sections.join("")}</html>`;
};
