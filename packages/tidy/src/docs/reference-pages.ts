import { ACCESS, ROLES, SCOPES, SERVICE_CONTRACTS, type Role } from "@safar/contracts";
import { KIT_PROBLEMS, settingsSchema, type ServiceDefinition } from "@safar/service-kit";
import { z } from "zod";
import { code, table } from "./markdown.ts";

const page = (title: string, about: string, ...parts: readonly (readonly string[])[]): string =>
  [`# ${title}`, "", `${about} This page is made from the code by \`npm run docs\`.`, "", ...parts.flat(), ""].join(
    "\n",
  );

const settingSchema = z.object({
  description: z.string(),
  default: z.union([z.string(), z.number()]).optional(),
});
const settingsJson = z.object({ properties: z.record(z.string(), settingSchema) });

/** docs/reference/settings.md */
export const settingsPage = (): string => {
  const { properties } = settingsJson.parse(z.toJSONSchema(settingsSchema, { io: "input" }));
  return page(
    "Settings",
    "From the environment, judged at the start: a wrong value stops it with the reason, an unknown `SAFAR_…` name is a warning.",
    table(
      ["name", "default", "what"],
      Object.entries(properties).map(([name, setting]) => [
        code(name),
        setting.default === undefined ? "" : code(String(setting.default)),
        setting.description,
      ]),
    ),
  );
};

const access: Readonly<Record<string, Readonly<Record<string, readonly Role[]>>>> = ACCESS;

const mark = (is: boolean): string => (is ? "yes" : "no");

/** docs/reference/access.md */
export const accessPage = (): string =>
  page(
    "Access",
    "Who may do what. A role reaches the cases of its scope and no other; a command or query without a row does not start.",
    ["## Roles", ""],
    table(
      ["role", "reaches", "may see personal fields"],
      ROLES.map((role) => [code(role), SCOPES[role].scope, mark(SCOPES[role].seesPersonalData)]),
    ),
    Object.entries(access).flatMap(([service, rows]) => [
      "",
      `## ${service}`,
      "",
      ...table(
        ["command or query", "roles"],
        Object.entries(rows).map(([name, roles]) => [code(name), roles.join(", ")]),
      ),
    ]),
  );

/** docs/reference/events.md */
export const eventsPage = (): string =>
  page(
    "Events",
    "What the log holds. A published event may be relied on by other services and programs; of the others only their own service knows. A personal field is sealed under its person's key.",
    SERVICE_CONTRACTS.flatMap((set) => [
      `## ${set.category}`,
      "",
      `Written by ${set.service}; one stream for each ${set.subject}.`,
      "",
      ...table(
        ["event", "version", "published", "personal fields"],
        set.contracts.map(({ type, version, isPublished, personalPaths }) => [
          code(type),
          String(version),
          mark(isPublished),
          personalPaths.map(({ path, of }) => `${code(path.join("."))} (of ${code(of)})`).join(", "),
        ]),
      ),
      "",
    ]),
  ).trimEnd() + "\n";

interface Told {
  readonly status: number;
  readonly title: { readonly en: string };
  readonly detail: { readonly en: string };
}

const problemRows = (problems: Readonly<Record<string, Told>>): readonly string[] =>
  table(
    ["code", "status", "what", "what to do"],
    Object.entries(problems)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { status, title, detail }]) => [code(name), String(status), title.en, detail.en]),
  );

/** docs/reference/problems.md */
export const problemsPage = (services: readonly ServiceDefinition[]): string =>
  page(
    "Problems",
    "Every answer that is not a success (RFC 9457): a stable code, and a sentence in Uzbek (Latin, Cyrillic), Russian or English by `Accept-Language`. `{name}` is filled in.",
    ["## Everywhere", ""],
    problemRows(KIT_PROBLEMS),
    services
      .filter(({ refusals }) => Object.keys(refusals).length > 0)
      .flatMap(({ name, refusals }) => ["", `## ${name}`, "", ...problemRows(refusals)]),
  );
