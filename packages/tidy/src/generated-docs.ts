import { limitsPage } from "./docs/limits-page.ts";
import type { Finding, Repository } from "./repository.ts";
import { aboutFile, fileAt } from "./text.ts";

export type Page = (repository: Repository) => string;

/** Every page that is made from code, by its path. Nobody edits them; `npm run docs` writes them. */
export const GENERATED: Readonly<Record<string, Page>> = {
  "docs/reference/limits.md": limitsPage,
};

/** Pages that the code would make otherwise today. */
export const drifted = (repository: Repository, pages: Readonly<Record<string, Page>>): readonly Finding[] =>
  Object.entries(pages)
    .filter(([path, page]) => fileAt(repository, path)?.text !== page(repository))
    .map(([path]) => aboutFile(path, "is no longer what the code says: npm run docs"));
