import { limitsOf, type Limit } from "../limits.ts";
import type { Repository } from "../repository.ts";

const workspaceOf = (path: string): string => path.split("/").slice(0, 2).join("/");

/** A bar would end the cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

const row = ({ name, value, reason, path }: Limit): string =>
  `| [\`${name}\`](../../${path}) | \`${cell(value)}\` | ${cell(reason)} |`;

const section = (workspace: string, limits: readonly Limit[]): string =>
  [`## ${workspace}`, "", "| limit | value | why |", "| --- | --- | --- |", ...limits.map(row), ""].join("\n");

/** docs/reference/limits.md: what an operator may run into, and what a reviewer asks for. */
export const limitsPage = (repository: Repository): string => {
  const limits = limitsOf(repository).toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line,
  );
  const byWorkspace = Map.groupBy(limits, ({ path }) => workspaceOf(path));
  return [
    "# Limits",
    "",
    "Everything that can grow has a limit. This page is made from the code by `npm run docs`.",
    "",
    ...[...byWorkspace].map(([workspace, ofWorkspace]) => section(workspace, ofWorkspace)),
  ].join("\n");
};
