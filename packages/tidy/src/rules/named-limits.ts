import { limitsOf } from "../limits.ts";
import type { Rule } from "../repository.ts";

export const namedLimits: Rule = {
  sentence: "every limit says why it has its value",
  check: (repository) =>
    limitsOf(repository)
      .filter(({ reason }) => reason === "")
      .map(({ path, line, name }) => ({ path, line, message: `say why ${name} has this value` })),
};
