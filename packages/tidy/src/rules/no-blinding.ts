import type { Rule } from "../repository.ts";
import { codeOf, linesThatMatch } from "../text.ts";

const TYPE_CHECK_OFF = /@ts-(ignore|nocheck)\b/;
const LINT_OFF = /eslint-disable(?!.*\s--\s+\S)/;
const FORMAT_OFF = /prettier-ignore/;

/** Lint and compiler may be told to look away only with a reason beside it. */
export const noBlinding: Rule = {
  sentence: "a check is only turned off with its reason beside it",
  check: (repository) =>
    codeOf(repository).flatMap((file) => [
      ...linesThatMatch(file, TYPE_CHECK_OFF, "use @ts-expect-error with a description, or repair the type"),
      ...linesThatMatch(file, LINT_OFF, "give the reason: eslint-disable-next-line RULE -- reason"),
      ...linesThatMatch(file, FORMAT_OFF, "let prettier format it"),
    ]),
};
