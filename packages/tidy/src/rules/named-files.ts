import { posix } from "node:path";
import type { Finding, Repository, RepositoryFile, Rule } from "../repository.ts";
import { fileAt, markdownOf } from "../text.ts";

/** A path from the workspace's folder, or from the root; without placeholders, which name no file. */
const NAMED = /`((?:src|test|bench|web|lists|fixtures|packages|services|infra|docs)\/[\w./-]*)`/g;

const exists = (repository: Repository, path: string): boolean =>
  fileAt(repository, path) !== undefined ||
  repository.files.some((file) => file.path.startsWith(`${path.replace(/\/$/, "")}/`));

const missing = (repository: Repository, file: RepositoryFile): readonly Finding[] =>
  file.text.split("\n").flatMap((line, index) =>
    [...line.matchAll(NAMED)]
      .map(([, named = ""]) => named)
      .filter((named) => !exists(repository, posix.join(posix.dirname(file.path), named)) && !exists(repository, named))
      .map((named) => ({ path: file.path, line: index + 1, message: `${named} is not there` })),
  );

/** Recipes name files that are yet to be written; they stand in CONTRIBUTING.md. */
export const namedFiles: Rule = {
  sentence: "every file that a README names is there",
  check: (repository) =>
    markdownOf(repository)
      .filter(({ path }) => path.endsWith("README.md"))
      .flatMap((file) => missing(repository, file)),
};
