import { openLocalIssuer, readSettings, realEnvironment, type WireEvent } from "@safar/service-kit";
import { NotDone, runCommand, say, WrongUsage } from "./command-line.ts";

const usage = `npm run -s case -- CASE [--url URL] [--json]

Prints a case's whole history, in order over all services. CASE is an id or a case number (2026-1726-000123).
  --url   of the running system; default http://127.0.0.1:8080
  --json  one event a line, as JSON`;

interface Connection {
  readonly address: string;
  readonly token: string;
}

const connect = async (url: string | undefined): Promise<Connection> => {
  const { settings } = readSettings(process.env);
  const address = (url ?? `http://${settings.SAFAR_HOST}:${settings.SAFAR_PORT}`).replace(/\/$/, "");
  const given = process.env["SAFAR_TOKEN"];
  if (given !== undefined && given !== "") return { address, token: given };
  if (settings.OIDC_ISSUER !== undefined)
    throw new NotDone(`Tokens come from ${settings.OIDC_ISSUER}: set SAFAR_TOKEN to one of its tokens.`);
  const issuer = await openLocalIssuer(settings.SAFAR_DATA, realEnvironment());
  return { address, token: await issuer.signAccess({ subject: "auditor", role: "auditor" }) };
};

const ask = async ({ address, token }: Connection, path: string, body?: unknown): Promise<Record<string, unknown>> => {
  const response = await fetch(`${address}${path}`, {
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  }).catch(() => {
    throw new NotDone(`${address} does not answer: is Safar running there? Start it with npm start, or give --url.`);
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new NotDone(`${String(answer["title"])}. ${String(answer["detail"])}`);
  return answer;
};

const idOf = async (connection: Connection, name: string): Promise<string> => {
  if (/^[0-9a-f-]{36}$/i.test(name)) return name.toLowerCase();
  if (!/^\d{4}-\d{4}-\d{6,}$/.test(name)) throw new WrongUsage(`${name} is neither a case id nor a case number`);
  const { items } = await ask(connection, "/registration/cases/search", { caseNumber: name });
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
  return `${event.position.padStart(8)}  ${event.recordedAt}  ${event.service}  ${event.type}  by ${role} ${id}${why}${when}${cause}\n          ${brief(event.data)}`;
};

await runCommand({
  usage,
  options: { url: { type: "string" }, json: { type: "boolean" } },
  positionals: true,
  async run({ values, positionals }) {
    const [name, ...others] = positionals;
    if (name === undefined || others.length > 0) throw new WrongUsage("name one case");
    const connection = await connect(values.url);
    const { items } = await ask(connection, `/audit/cases/${await idOf(connection, name)}/history`);
    for (const event of items as WireEvent[]) say(values.json === true ? JSON.stringify(event) : line(event));
  },
});
