import { createReadStream, createWriteStream, statSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Environment } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import { connect, NotReached, type SystemClient } from "./client.ts";
import { complain, NotDone, runCommand, say, WrongUsage } from "@safar/service-kit/command-line";
import { progressBar } from "./progress.ts";

const usage = `npm run -s import -- candidates|vacancies FILE [--as-of 2026-02-16] [--url URL] [--result FILE]

Sends a list to a running system and waits until every row is judged. The same list again goes on where it stopped.
  --as-of   the day on which age, passport and consent are judged; default: today in Tashkent
  --url     default http://127.0.0.1:8080
  --result  writes the rows to correct (rejected and duplicate ones, with reasons) to this file`;

const KINDS = {
  candidates: { door: "/registration/imports", role: "registrar" },
  vacancies: { door: "/selection/imports", role: "selector" },
} as const;

/** How often the progress is asked for. */
const LOOK_EVERY_MS = 300;
/** How long a system that does not answer is asked again: a restart, after which the import goes on by itself. */
const RESTART_LIMIT_MS = 60_000;

interface Standing {
  readonly state: "running" | "done" | "failed";
  readonly rows: number;
  readonly registered: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly warned: number;
  readonly byReason: Readonly<Record<string, number>>;
}

const isKind = (kind: string | undefined): kind is keyof typeof KINDS => kind === "candidates" || kind === "vacancies";

/** @throws NotDone */
const sizeOf = (file: string): number => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new NotDone(`${file} cannot be read: it is no file.`);
  return found.size;
};

/** The file's bytes as they are sent; nothing of it is held. */
async function* bytesOf(file: string, onSent: (bytes: number) => void): AsyncGenerator<Uint8Array, void, void> {
  let sent = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      yield chunk;
      sent += chunk.length;
      onSent(sent);
    }
  } catch (error) {
    throw new NotDone(`${file} cannot be read: ${(error as Error).message}`);
  }
}

const send = async (client: SystemClient, path: string, file: string, environment: Environment): Promise<string> => {
  const size = sizeOf(file);
  const bar = progressBar("bytes sent", environment);
  const body = Readable.toWeb(
    Readable.from(
      bytesOf(file, (sent) => {
        bar.update(sent, size);
      }),
    ),
  );
  try {
    const init = { method: "POST", headers: { "content-type": "text/csv" }, body, duplex: "half" };
    const taken = await client.ask(path, init as RequestInit & { duplex: "half" });
    return taken.headers.get("location") ?? "";
  } finally {
    bar.stop();
  }
};

/** Asks until the import has ended, also over a restart of the system. */
const untilEnded = async (client: SystemClient, location: string, environment: Environment): Promise<Standing> => {
  const { clock, timers } = environment;
  const bar = progressBar("rows judged", environment);
  let answeredAt = clock.monotonic();
  try {
    for (;;) {
      try {
        const standing = (await (await client.ask(location)).json()) as Standing;
        answeredAt = clock.monotonic();
        bar.update(standing.registered + standing.rejected + standing.duplicates, standing.rows);
        if (standing.state !== "running") return standing;
      } catch (error) {
        if (!(error instanceof NotReached) || clock.monotonic() - answeredAt > RESTART_LIMIT_MS) throw error;
      }
      await timers.sleep(LOOK_EVERY_MS);
    }
  } finally {
    bar.stop();
  }
};

const summary = ({ rows, registered, rejected, duplicates, warned, byReason }: Standing): readonly string[] => [
  `${rows} rows: ${registered} registered (${warned} with a warning), ${rejected} rejected, ${duplicates} duplicates`,
  ...Object.entries(byReason)
    .sort((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))
    .map(([code, count]) => `  ${String(count).padStart(6)}  ${code}`),
];

/** The file is whole or not there. */
const saveResult = async (client: SystemClient, location: string, file: string): Promise<void> => {
  const { body } = await client.ask(`${location}/rows.csv`);
  if (!body) throw new NotDone("The answer has no rows.");
  const part = `${file}.part`;
  try {
    await pipeline(Readable.fromWeb(body), createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw new NotDone(`${file} could not be written: ${(error as Error).message}`);
  }
};

await runCommand({
  usage,
  options: { "as-of": { type: "string" }, url: { type: "string" }, result: { type: "string" } },
  positionals: true,
  async run({ values, positionals }) {
    const [kind, file, ...others] = positionals;
    if (!isKind(kind) || file === undefined || others.length > 0)
      throw new WrongUsage("name what the list holds, candidates or vacancies, and its file");
    sizeOf(file);
    const environment = realEnvironment();
    const { door, role } = KINDS[kind];
    const persona = { role, unit: "1726" };
    const client = await connect({ url: values.url, persona, environment, variables: process.env });
    const asOf = values["as-of"] === undefined ? "" : `?asOf=${encodeURIComponent(values["as-of"])}`;
    const location = await send(client, `${door}${asOf}`, file, environment);
    const standing = await untilEnded(client, location, environment);
    for (const line of summary(standing)) say(line);
    if (standing.state === "failed") throw new NotDone("The import failed: send the same list again, and it goes on.");
    if (values.result !== undefined) {
      await saveResult(client, location, values.result);
      say(`The rows to correct are in ${values.result}`);
    } else if (standing.rejected + standing.duplicates > 0)
      complain("The same command with --result FILE writes the rows to correct to a file.");
  },
});
