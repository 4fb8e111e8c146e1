import { SERVICE_CONTRACTS, type ContractSet } from "@safar/contracts";
import type { ServiceDefinition } from "@safar/service-kit";
import type { Repository } from "../repository.ts";
import { fileAt } from "../text.ts";
import { code, table } from "./markdown.ts";

export const contractSetsOf = (service: string): readonly ContractSet[] =>
  SERVICE_CONTRACTS.filter((set) => set.service === service);

/** The comment that stands above what a file exports: why the reaction is there. */
const whyOf = (repository: Repository, path: string): string => {
  const text = fileAt(repository, path)?.text ?? "";
  const before = text.slice(0, Math.max(0, text.indexOf("= reaction(")));
  const comment = [...before.matchAll(/\/\*\*([\s\S]*?)\*\//g)].at(-1)?.[1] ?? "";
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*?\s*/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
};

/** What wakes a service, by which event, and why. */
export const reactionsTable = (
  repository: Repository,
  { name, reactions = [] }: ServiceDefinition,
): readonly string[] =>
  table(
    ["reaction", "to", "why"],
    reactions.map((reaction) => [
      code(reaction.name),
      reaction.on.map(({ category, contract }) => `${category}: ${code(contract.type)}`).join(", "),
      whyOf(repository, `services/${name}/src/reactions/${reaction.name}.ts`),
    ]),
  );

const streams = (service: ServiceDefinition): readonly string[] =>
  contractSetsOf(service.name).flatMap((set) => [
    "",
    `Events of ${code(`${set.category}-<id>`)}, one stream for each ${set.subject}:`,
    "",
    ...table(
      ["event", "version", "others may rely on it", "personal fields"],
      set.contracts.map(({ type, version, isPublished, personalPaths }) => [
        code(type),
        String(version),
        isPublished ? "yes" : "no",
        personalPaths.map(({ path }) => code(path.join("."))).join(", "),
      ]),
    ),
  ]);

const doorsOfCommands = ({ name, commands }: ServiceDefinition): readonly string[] =>
  table(
    ["command", "`POST`", "what it does"],
    commands.map(({ name: command, path, summary }) => [code(command), code(`/${name}${path}`), summary]),
    "None: it decides nothing.",
  );

const refusals = ({ refusals: texts }: ServiceDefinition): readonly string[] =>
  table(
    ["refusal", "status", "in English"],
    Object.entries(texts)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([refusal, { status, title }]) => [code(refusal), String(status), title.en]),
    "None of its own.",
  );

const queries = ({ name, queries: all = [] }: ServiceDefinition): readonly string[] =>
  all.length === 0
    ? []
    : [
        "",
        "### Queries",
        "",
        ...table(
          ["query", "door", "what it answers"],
          all.map((query) => [code(query.name), code(`${query.method ?? "GET"} /${name}${query.path}`), query.summary]),
        ),
      ];

/** The part of a service's README that its definition knows better than any author. */
export const servicePart = (repository: Repository, service: ServiceDefinition): string =>
  [
    "### Commands",
    "",
    ...doorsOfCommands(service),
    ...queries(service),
    ...(contractSetsOf(service.name).length === 0 ? [] : ["", "### Events", ...streams(service)]),
    ...((service.reactions ?? []).length === 0
      ? []
      : ["", "### Reactions", "", ...reactionsTable(repository, service)]),
    ...(service.commands.length === 0 ? [] : ["", "### Refusals", "", ...refusals(service)]),
  ].join("\n");
