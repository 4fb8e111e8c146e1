import { readFileSync } from "node:fs";
import type { Environment } from "@safar/kernel";
import type { Answer, Client } from "./client.ts";
import { candidateBody } from "./people.ts";

/** Lists as branches send them, and what an import makes of them. */

const root = new URL("../../../", import.meta.url);

/** One of the sample lists. */
export const sampleList = (name: "candidates" | "vacancies"): Uint8Array =>
  readFileSync(new URL(`infra/simulator/lists/${name}.csv`, root));

interface Expected {
  readonly rows: number;
  readonly rejected: Readonly<Record<string, number>>;
  readonly warned: Readonly<Record<string, number>>;
  /** The numbers of the rows with each reason or warning. */
  readonly rowsByFault: Readonly<Record<string, readonly number[]>>;
}

/** The outcome that a correct import of the sample lists reports. */
export const expectedOutcome = JSON.parse(
  readFileSync(new URL("packages/testing/fixtures/expected.json", root), "utf8"),
) as {
  readonly asOf: string;
  readonly candidates: Expected & { readonly registered: number; readonly "duplicate-person": number };
  readonly vacancies: Expected & { readonly published: number };
};

/** ISO to `dd.mm.yyyy`. */
const dotted = (date: unknown): string => String(date).split("-").reverse().join(".");

/** The cells of the n-th invented person in an addressed list; what is given replaces a cell. */
export const candidateCells = (n: number, given: Readonly<Record<string, string>> = {}): Record<string, string> => {
  const body = candidateBody(n) as Record<string, string>;
  return {
    row: String(n),
    list_date: "16.02.2026",
    channel: "branch",
    agency_licence: "",
    surname: body["surname"] ?? "",
    given_name: body["givenName"] ?? "",
    patronymic: "",
    sex: "E",
    birth_date: dotted(body["birthDate"]),
    pinfl: body["pinfl"] ?? "",
    passport: body["passport"] ?? "",
    passport_expiry: dotted(body["passportExpiry"]),
    mrz: "",
    phone: body["phone"] ?? "",
    region_soato: body["regionSoato"] ?? "",
    profession: "",
    isco: "7112",
    experience_years: "4",
    language: "",
    cefr: "",
    destinations: "DE",
    consent_date: dotted(body["consentDate"]),
    ...given,
  };
};

/** The cells of a partner's vacancy; what is given replaces a cell. */
export const vacancyCells = (given: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  row: "1",
  partner: "ASKANIA FUTURE",
  country: "DE",
  sector: "construction",
  isco: "7112",
  positions: "20",
  wage_month: "1500",
  currency: "EUR",
  contract_months: "12",
  language: "de",
  cefr: "A2",
  min_age: "18",
  max_age: "45",
  source_channel: "agency",
  contract_signed: "10.02.2026",
  entered: "12.02.2026",
  fee_from_worker: "0",
  ...given,
});

/** A list as spreadsheet programs export it. Cells are written as they are: a test may want them wrong. */
export const listOf = (rows: readonly Readonly<Record<string, string>>[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return `\uFEFF${lines.map((cells) => cells.join(";")).join("\r\n")}\r\n`;
};

export interface ImportedRow {
  readonly row: number;
  readonly outcome: "registered" | "rejected" | "duplicate";
  readonly reasons: readonly string[];
  readonly warnings: readonly string[];
  readonly caseId?: string;
  readonly vacancyId?: string;
  readonly duplicateOf?: string;
  readonly duplicateOfRow?: number;
}

/** How long a test waits for an import's end, before it says that it never came. */
const IMPORT_LIMIT_MS = 100_000;
const LOOK_EVERY_MS = 20;

/** Asks again and again until the import is as wanted. */
export const importUntil = async (
  environment: Environment,
  client: Client,
  location: string,
  isAsWanted: (summary: Answer["body"]) => boolean,
  { limitMs = IMPORT_LIMIT_MS, everyMs = LOOK_EVERY_MS }: { readonly limitMs?: number; readonly everyMs?: number } = {},
): Promise<Answer["body"]> => {
  const deadline = environment.clock.monotonic() + limitMs;
  for (;;) {
    const { status, body } = await client.get(location);
    if (status !== 200) throw new Error(`${location}: ${status}`);
    if (isAsWanted(body)) return body;
    if (environment.clock.monotonic() > deadline) throw new Error(`never came to it: ${JSON.stringify(body)}`);
    await environment.timers.sleep(everyMs);
  }
};

export const sendList = (
  client: Client,
  path: string,
  list: string | Uint8Array | ReadableStream<Uint8Array>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> => client.send(path, list, { "content-type": "text/csv", ...headers });

export const rowsOf = async (client: Client, location: string): Promise<readonly ImportedRow[]> => {
  const { body } = await client.get(`${location}/rows`);
  const lines = String(body).split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ImportedRow);
};

/** Sends a list and waits for the end of its import. */
export const importList = async (
  environment: Environment,
  client: Client,
  path: string,
  list: string | Uint8Array,
): Promise<{
  readonly location: string;
  readonly summary: Answer["body"];
  readonly rows: readonly ImportedRow[];
}> => {
  const sent = await sendList(client, path, list);
  const location = sent.headers.get("location");
  if (sent.status !== 202 || location === null) throw new Error(`${sent.status} ${JSON.stringify(sent.body)}`);
  const summary = await importUntil(environment, client, location, ({ state }) => state !== "running");
  return { location, summary, rows: await rowsOf(client, location) };
};

/** The numbers of the rows with each reason or warning, as `expected.json` has them. */
export const rowsByFault = (rows: readonly ImportedRow[]): Record<string, number[]> => {
  const found: Record<string, number[]> = {};
  for (const { row, reasons, warnings } of rows)
    for (const code of [...reasons, ...warnings]) (found[code] ??= []).push(row);
  return found;
};
