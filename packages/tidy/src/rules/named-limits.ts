import type { Finding, Rule, RepositoryFile } from "../repository.ts";
import { isTest, typescriptOf } from "../text.ts";

const LIMIT = /^(export )?const ((MAX|LIMIT)_[A-Z0-9_]*|[A-Z0-9_]+_(LIMIT|MAX))\b/;

const lacksReason = (lines: readonly string[], index: number): boolean => {
  const before = lines[index - 1]?.trim() ?? "";
  if (/\/\/ \S/.test(lines[index] ?? "")) return false;
  return !(before.endsWith("*/") || before.startsWith("//"));
};

const limitsWithoutReason = (file: RepositoryFile): readonly Finding[] => {
  const lines = file.text.split("\n");
  return lines.flatMap((line, index) => {
    const name = LIMIT.exec(line)?.[2];
    if (name === undefined || !lacksReason(lines, index)) return [];
    return [{ path: file.path, line: index + 1, message: `say why ${name} has this value` }];
  });
};

export const namedLimits: Rule = {
  sentence: "every limit says why it has its value",
  check: (repository) =>
    typescriptOf(repository)
      .filter((file) => !isTest(file))
      .flatMap(limitsWithoutReason),
};
