import type { Rule } from "../repository.ts";
import { aboutFile, isTest, typescriptOf } from "../text.ts";

/** Beyond this a file holds more than one idea, and a reader loses the thread. */
export const MAX_LINES_OF_A_FILE = 300;

/** Files that may be longer, each with its reason. */
export const LONGER_FOR_A_REASON: Readonly<Record<string, string>> = {
  "packages/service-kit/src/http/problems.ts": "one table: every problem of the kit, told in four languages",
};

export const shortFiles: Rule = {
  sentence: `a source file has at most ${MAX_LINES_OF_A_FILE} lines`,
  check: (repository) =>
    typescriptOf(repository)
      .filter((file) => !isTest(file) && !(file.path in LONGER_FOR_A_REASON))
      .map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES_OF_A_FILE)
      .map(({ path, lines }) => aboutFile(path, `has ${lines} lines: split it where a second idea begins`)),
};
