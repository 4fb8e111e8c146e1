import type { Repository, RepositoryFile } from "./repository.ts";
import { isTest, typescriptOf } from "./text.ts";

/** A named limit as its source gives it. */
export interface Limit {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly name: string;
  /** The expression, as it is written. */
  readonly value: string;
  /** The comment above it or beside it; empty where there is none. */
  readonly reason: string;
}

const NAMED_SO = /^(?:export )?const ((?:MAX|LIMIT)_[A-Z0-9_]*|[A-Z0-9_]+_(?:LIMIT|MAX))\b/;
const ANY_CONSTANT = /^(?:export )?const ([A-Z][A-Z0-9_]*)\b/;
/** On one line; what goes over several is a table, not a limit. */
const VALUE = /=\s*([^;{[]+);\s*(?:\/\/\s*(\S.*))?$/;

/** Every constant of a file called limits.ts, and elsewhere what its name calls a limit. */
export const limitsOf = (repository: Repository): readonly Limit[] =>
  typescriptOf(repository)
    .filter((file) => !isTest(file))
    .flatMap(limitsIn);

const limitsIn = ({ path, text }: RepositoryFile): readonly Limit[] => {
  const pattern = path.endsWith("/limits.ts") ? ANY_CONSTANT : NAMED_SO;
  const lines = text.split("\n");
  return lines.flatMap((line, index) => {
    const name = pattern.exec(line)?.[1];
    const [, value, beside] = VALUE.exec(line) ?? [];
    if (name === undefined || value === undefined) return [];
    return [{ path, line: index + 1, name, value, reason: beside ?? commentAbove(lines, index) }];
  });
};

/** The words of the comment above; constants that follow each other without a gap share the one above the first. */
const commentAbove = (lines: readonly string[], index: number): string => {
  let at = index - 1;
  while (at >= 0 && ANY_CONSTANT.test(lines[at] ?? "")) at -= 1;
  const words: string[] = [];
  for (; at >= 0; at -= 1) {
    const line = lines[at]?.trim() ?? "";
    if (!/^(\/\/|\/\*|\*)/.test(line)) break;
    words.unshift(line.replace(/^(\/\/+|\/\*+|\*+(?!\/))\s?/, "").replace(/\s*\*\/$/, ""));
    if (line.startsWith("/*")) break;
  }
  return words.join(" ").trim();
};
