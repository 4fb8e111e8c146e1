import type { Rule } from "../repository.ts";
import { aboutFile, isTest, typescriptOf } from "../text.ts";

/** Beyond this a file holds more than one idea, and a reader loses the thread. */
export const MAX_LINES_OF_A_FILE = 300;

export const shortFiles: Rule = {
  sentence: `a source file has at most ${MAX_LINES_OF_A_FILE} lines`,
  check: (repository) =>
    typescriptOf(repository)
      .filter((file) => !isTest(file))
      .map((file) => ({ path: file.path, lines: file.text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > MAX_LINES_OF_A_FILE)
      .map(({ path, lines }) => aboutFile(path, `has ${lines} lines: split it where a second idea begins`)),
};
