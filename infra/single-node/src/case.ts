import { realEnvironment, type WireEvent } from "@safar/service-kit";
import { connect, type SystemClient } from "./client.ts";
import { NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";

const usage = `npm run -s case -- CASE [--url URL] [--json]

Prints a case's whole history, in order over all services. CASE is an id or a case number (2026-1726-000123).
  --url   of the running system; default http://127.0.0.1:8080
  --json  one event a line, as JSON`;

const read = async (client: SystemClient, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? {} : { method: "POST", headers, body: JSON.stringify(body) };
  return (await (await client.ask(path, init)).json()) as Record<string, unknown>;
};

const idOf = async (client: SystemClient, name: string): Promise<string> => {
  if (/^[0-9a-f-]{36}$/i.test(name)) return name.toLowerCase();
  if (!/^\d{4}-\d{4}-\d{6,}$/.test(name)) throw new WrongUsage(`${name} is neither a case id nor a case number`);
  const { items } = await read(client, "/registration/cases/search", { caseNumber: name });
  const [found] = items as { caseId: string }[];
  if (!found) throw new NotDone(`There is no case ${name}.`);
  return found.caseId;
};

const brief = (data: unknown): string => {
  const text = JSON.stringify(data);
  return text.length > 160 ? `${text.slice(0, 159)}…` : text;
};

const line = (event: WireEvent): string => {
  const { role, id } = event.actor;
  const why = event.reasonCode === undefined ? "" : `  because ${event.reasonCode}`;
  const cause = event.causationId === undefined ? "" : `  caused by ${event.causationId}`;
  const when = event.effectiveAt === undefined ? "" : `  effective ${event.effectiveAt}`;
  const altered = event.altered ? "  ALTERED: this is not what was recorded" : "";
  return `${event.position.padStart(8)}  ${event.recordedAt}  ${event.service}  ${event.type}  by ${role} ${id}${why}${when}${cause}${altered}\n          ${brief(event.data)}`;
};

await runCommand({
  usage,
  options: { url: { type: "string" }, json: { type: "boolean" } },
  positionals: true,
  async run({ values, positionals }) {
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) throw new WrongUsage("name one case");
    const persona = { role: "auditor" } as const;
    const client = await connect({ url: values.url, persona, environment: realEnvironment(), variables: process.env });
    const { items } = await read(client, `/audit/cases/${await idOf(client, name)}/history`);
    for (const event of items as WireEvent[]) say(values.json === true ? JSON.stringify(event) : line(event));
  },
});
