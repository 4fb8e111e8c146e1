import { createReadStream, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { readSettings, realEnvironment } from "@safar/service-kit";
import { NotDone, runCommand, say, WrongUsage } from "./command-line.ts";
import { localTokens } from "./local-tokens.ts";
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

const refusal = async (response: Response): Promise<NotDone> => {
  const problem = (await response.json().catch(() => ({}))) as { title?: string; detail?: string };
  return new NotDone(`${problem.title ?? `HTTP ${response.status}`}. ${problem.detail ?? ""}`.trim());
};

const ask = async (address: string, path: string, init: RequestInit & { duplex?: "half" }): Promise<Response> => {
  const response = await fetch(`${address}${path}`, init as RequestInit).catch(() => {
    throw new NotDone(`${address} does not answer: is Safar running there? Start it with npm start, or give --url.`);
  });
  if (!response.ok) throw await refusal(response);
  return response;
};

const fileSize = (file: string): number => {
  try {
    return statSync(file).size;
  } catch {
    throw new NotDone(`${file} cannot be read: check its name.`);
  }
};

const summary = ({ rows, registered, rejected, duplicates, warned, byReason }: Standing): readonly string[] => [
  `${rows} rows: ${registered} registered (${warned} with a warning), ${rejected} rejected, ${duplicates} duplicates`,
  ...Object.entries(byReason)
    .sort((a, b) => b[1] - a[1])
    .map(([code, count]) => `  ${String(count).padStart(6)}  ${code}`),
];

await runCommand({
  usage,
  options: { "as-of": { type: "string" }, url: { type: "string" }, result: { type: "string" } },
  positionals: true,
  async run({ values, positionals }) {
    const [kind, file, ...others] = positionals;
    if (!isKind(kind) || file === undefined || others.length > 0)
      throw new WrongUsage("name what the list holds, candidates or vacancies, and its file");
    fileSize(file);
    const { door, role } = KINDS[kind];
    const { settings } = readSettings(process.env);
    const environment = realEnvironment();
    const address = (values.url ?? `http://${settings.SAFAR_HOST}:${settings.SAFAR_PORT}`).replace(/\/$/, "");
    const given = process.env["SAFAR_TOKEN"];
    const token =
      given === undefined || given === ""
        ? await (await localTokens(settings, environment)).of({ role, unit: "1726" })
        : given;
    const authorization = `Bearer ${token}`;
    const asOf = values["as-of"] === undefined ? "" : `?asOf=${encodeURIComponent(values["as-of"])}`;
    const taken = await ask(address, `${door}${asOf}`, {
      method: "POST",
      headers: { authorization, "content-type": "text/csv" },
      body: Readable.toWeb(createReadStream(file)) as unknown as ReadableStream,
      duplex: "half",
    });
    const location = taken.headers.get("location") ?? "";
    const bar = progressBar("rows", environment);
    for (;;) {
      const standing = (await (await ask(address, location, { headers: { authorization } })).json()) as Standing;
      bar.update(standing.registered + standing.rejected + standing.duplicates, standing.rows);
      if (standing.state !== "running") {
        bar.stop();
        for (const line of summary(standing)) say(line);
        if (standing.state === "failed") throw new NotDone("The import failed; send the same list again to go on.");
        break;
      }
      await environment.timers.sleep(LOOK_EVERY_MS);
    }
    if (values.result === undefined) return;
    const rows = await ask(address, `${location}/rows.csv`, { headers: { authorization } });
    await writeFile(values.result, Buffer.from(await rows.arrayBuffer()));
    say(`The rows to correct are in ${values.result}`);
  },
});
