import type { Repository, Rule } from "../repository.ts";
import { aboutFile, fileAt, isTest, typescriptOf } from "../text.ts";

const PAGE = "docs/operating/what-to-watch.md";
const KEPT = /\.(?:count|gauge)\(\s*"(safar_\w+)"/g;
const NAMED = /`(safar_\w+)`/g;

const namesIn = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map(([, name = ""]) => name);

const metricsOf = (repository: Repository): ReadonlySet<string> =>
  new Set(
    typescriptOf(repository)
      .filter((file) => !isTest(file))
      .flatMap(({ text }) => namesIn(text, KEPT)),
  );

export const watchedMetrics: Rule = {
  sentence: "every metric is explained to whoever watches the system, and no other",
  check: (repository) => {
    const kept = metricsOf(repository);
    const named = new Set(namesIn(fileAt(repository, PAGE)?.text ?? "", NAMED));
    return [
      ...[...kept]
        .filter((name) => !named.has(name))
        .map((name) => aboutFile(PAGE, `does not say what ${name} is for`)),
      ...[...named].filter((name) => !kept.has(name)).map((name) => aboutFile(PAGE, `${name} is kept by nobody`)),
    ];
  },
};
