import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { readSettings, realEnvironment } from "@safar/service-kit";
import { candidateCells, importUntil, createClient } from "@safar/testing";
import { localTokens } from "../src/local-tokens.ts";

/**
 * How fast a list of 100,000 rows is taken in, and with how much memory of the whole node (under 400 MB). The single
 * node is a process of its own on a fresh folder. Memory is the kernel's count, so this runs on Linux only.
 * `npm run bench -- import [rows]`
 */

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ROWS = Number(process.argv[2] ?? 100_000);
/** One row in so many has a fault, one a telephone to be written otherwise. */
const FAULTY_EVERY = 40;
/** The process is idle when it used less than this share of a core for one second. */
const IDLE_SHARE = 0.1;

const environment = realEnvironment();

async function* list(): AsyncGenerator<Buffer, void, void> {
  const columns = Object.keys(candidateCells(0));
  let text = `\uFEFF${columns.join(";")}\r\n`;
  for (let row = 1; row <= ROWS; row += 1) {
    const cells = row % FAULTY_EVERY === 0 ? candidateCells(row, { phone: "12" }) : candidateCells(row);
    text += `${columns.map((column) => cells[column]).join(";")}\r\n`;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = "";
  }
  yield Buffer.from(text);
}

/** Seconds of CPU that a process has used, and its memory, as the kernel counts them. */
const usageOf = ({ pid }: ChildProcess) => {
  const status = readFileSync(`/proc/${pid ?? 0}/status`, "utf8");
  const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  const fields =
    readFileSync(`/proc/${pid ?? 0}/stat`, "utf8")
      .split(") ")[1]
      ?.split(" ") ?? [];
  return { cpu: (Number(fields[11]) + Number(fields[12])) / 100, now: megabytes("VmRSS"), peak: megabytes("VmHWM") };
};

const untilIdle = async (program: ChildProcess): Promise<void> => {
  for (let before = usageOf(program).cpu; ;) {
    await environment.timers.sleep(1_000);
    const { cpu } = usageOf(program);
    if (cpu - before < IDLE_SHARE) return;
    before = cpu;
  }
};

const readyAt = async (program: ChildProcess): Promise<string> => {
  let said = "";
  for await (const text of program.stdout as Readable) {
    said += String(text);
    const address = /ready at (\S+)/.exec(said)?.[1];
    if (address !== undefined) return address;
  }
  throw new Error("the node did not start");
};

/** What `npm start` gives to node. */
const startWords = (): string[] => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { scripts: { start: string } };
  return scripts.start.split(" ").slice(1);
};

const folder = mkdtempSync(join(tmpdir(), "safar-bench-"));
const program = spawn(process.execPath, startWords(), {
  cwd: ROOT,
  env: { PATH: process.env["PATH"], SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_LOG_LEVEL: "error" },
  stdio: ["ignore", "pipe", "inherit"],
});
try {
  const address = await readyAt(program);
  const tokens = await localTokens(readSettings({ SAFAR_DATA: folder }).settings, environment);
  const client = createClient(address, environment, await tokens.of({ role: "registrar", unit: "1726" }));
  await untilIdle(program);
  const before = usageOf(program);
  const begun = environment.clock.monotonic();
  const seconds = (): number => (environment.clock.monotonic() - begun) / 1_000;
  const init = {
    method: "POST",
    headers: { authorization: `Bearer ${client.token ?? ""}`, "content-type": "text/csv" },
    body: Readable.toWeb(Readable.from(list())),
    duplex: "half",
  };
  const sent = await fetch(`${address}/registration/imports?asOf=2026-02-16`, init as unknown as RequestInit);
  const location = sent.headers.get("location");
  if (sent.status !== 202 || location === null) throw new Error(`${sent.status} ${await sent.text()}`);
  console.log(`received ${ROWS} rows in ${seconds().toFixed(1)} s; ${before.now.toFixed(0)} MB before`);
  let shown = 0;
  const summary = await importUntil(
    environment,
    client,
    location,
    ({ state, registered, rejected, duplicates }) => {
      const judged = Number(registered) + Number(rejected) + Number(duplicates);
      if (judged - shown >= ROWS / 10) {
        shown = judged;
        const { now, peak, cpu } = usageOf(program);
        const memory = `${now.toFixed(0)} MB, at most ${peak.toFixed(0)} MB`;
        console.log(
          `${judged} rows after ${seconds().toFixed(1)} s, ${(cpu - before.cpu).toFixed(1)} s of CPU, ${memory}`,
        );
      }
      return state !== "running";
    },
    { limitMs: 24 * 3_600_000, everyMs: 500 },
  );
  const took = seconds();
  const { cpu } = usageOf(program);
  console.log(JSON.stringify(summary));
  console.log(`${Math.round(ROWS / took)} rows/s; ${(((cpu - before.cpu) * 1_000) / ROWS).toFixed(2)} ms of CPU a row`);
  await untilIdle(program);
  const { peak } = usageOf(program);
  console.log(`everything that follows was done after ${seconds().toFixed(1)} s; at most ${peak.toFixed(0)} MB`);
} finally {
  program.kill("SIGKILL");
  await once(program, "close");
  rmSync(folder, { recursive: true, force: true });
}
