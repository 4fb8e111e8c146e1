import type { ServiceDefinition } from "@safar/service-kit";
import { benchmarksPage } from "./docs/benchmarks-page.ts";
import { journeyPart } from "./docs/journey-part.ts";
import { limitsPage } from "./docs/limits-page.ts";
import { withMadePart } from "./docs/markdown.ts";
import { accessPage, eventsPage, problemsPage, settingsPage } from "./docs/reference-pages.ts";
import { servicePart } from "./docs/service-part.ts";
import type { Finding, Repository } from "./repository.ts";
import { aboutFile, fileAt } from "./text.ts";

export type Page = (repository: Repository) => string;
export type Pages = Readonly<Record<string, Page>>;

const textAt = (repository: Repository, path: string): string => fileAt(repository, path)?.text ?? "";

const readmes = (services: readonly ServiceDefinition[]): Pages =>
  Object.fromEntries(
    services.map((service) => {
      const path = `services/${service.name}/README.md`;
      return [
        path,
        (repository: Repository) => withMadePart(textAt(repository, path), servicePart(repository, service)),
      ];
    }),
  );

/** Every page that is made from code, whole or in part, by its path; `npm run docs` writes them. */
export const generatedPages = (services: readonly ServiceDefinition[]): Pages => ({
  "docs/reference/benchmarks.md": benchmarksPage,
  "docs/reference/limits.md": limitsPage,
  "docs/reference/settings.md": settingsPage,
  "docs/reference/access.md": accessPage,
  "docs/reference/events.md": eventsPage,
  "docs/reference/problems.md": () => problemsPage(services),
  "docs/journey.md": (repository) =>
    withMadePart(textAt(repository, "docs/journey.md"), journeyPart(repository, services)),
  ...readmes(services),
});

/** Pages that the code would make otherwise today. */
export const drifted = (repository: Repository, pages: Pages): readonly Finding[] =>
  Object.entries(pages)
    .filter(([path, page]) => fileAt(repository, path)?.text !== page(repository))
    .map(([path]) => aboutFile(path, "is no longer what the code says: npm run docs"));
