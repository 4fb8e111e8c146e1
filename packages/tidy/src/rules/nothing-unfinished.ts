import type { Rule } from "../repository.ts";
import { codeOf, isTest, linesThatMatch } from "../text.ts";

const REMINDER = /\b(TODO|FIXME|HACK)\b/;
const FOCUSED_OR_DROPPED = /\bt\.(skip|only|todo)\(|\b(only|todo):\s*true|\b(skip|todo):\s*(true\b|["'`])/;

export const nothingUnfinished: Rule = {
  sentence: "nothing is left as a reminder",
  check: (repository) =>
    codeOf(repository).flatMap((file) => linesThatMatch(file, REMINDER, "finish it, or write a decision about it")),
};

/** A test may stand aside where what it drives is not there: `skip: address ? false : "no server at …"`. */
export const everyTestRuns: Rule = {
  sentence: "no test is skipped for ever, and none alone is run",
  check: (repository) =>
    codeOf(repository)
      .filter(isTest)
      .flatMap((file) => linesThatMatch(file, FOCUSED_OR_DROPPED, "let the test run, or delete it")),
};
