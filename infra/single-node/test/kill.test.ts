import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import t, { type Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { simulate, type Acknowledged, type Part } from "@safar/simulator";
import { settle } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { startInside, tokensOf } from "./support/inside.ts";
import { checkLog, checkReadModels, readLog } from "./support/invariants.ts";
import { freePort, runProgram, type Program } from "./support/program.ts";

/** More with `npm run chaos -w @safar/single-node`. */
const KILLS = Number(process.env["KILLS"] ?? 30);
/** Of ten kills so many fall on a list that is coming in, the others on journeys. */
const OF_TEN_IN_IMPORTS = 2;
/** The longest that the system is left alone once it is ready. */
const LONGEST_ROUND_MS = 1_200;
/** Starts that are cut short before they are ready: one in so many. */
const ONE_START_IN = 4;
const SETTLE_LIMIT_MS = 120_000;
/** Most of a round goes into starting, so an unlucky request misses many of the moments in which it could be answered. */
const PATIENCE_MS = 600_000;
// A start on a busy machine takes many times what it takes alone.
t.setTimeout(KILLS * 20_000 + 300_000);

/** Where a system lives: its data, and the address that stays the same over all restarts. */
interface Ground {
  readonly folder: string;
  readonly address: string;
  start(): Program;
}

const stopCleanly = async (t: Test, program: Program): Promise<void> => {
  program.signal("SIGTERM");
  t.equal(await program.ended, 0, "stops cleanly when asked to");
};

/** A system that has run and was stopped: a clean stop also keeps what was compiled, so that later starts are quicker. */
const prepare = async (t: Test): Promise<Ground> => {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const variables = {
    SAFAR_DATA: folder,
    SAFAR_PORT: String(port),
    NODE_COMPILE_CACHE: join(folder, "compiled"),
  };
  const start = (): Program => runProgram(t, "start", variables);
  const first = start();
  t.match(await first.said(/ready/), /ready/, "it starts");
  await stopCleanly(t, first);
  return { folder, address: `http://127.0.0.1:${port}`, start };
};

/** Kills the process again and again, some in the middle of their start, until so many are dead. */
const killAgainAndAgain = async (ground: Ground, kills: number): Promise<void> => {
  const random = realEnvironment().random;
  for (let killed = 0; killed < kills; killed += 1) {
    const program = ground.start();
    const isCutShort = killed % ONE_START_IN === ONE_START_IN - 1;
    if (!isCutShort && (await program.said(/ready/)) === undefined)
      throw new Error(`the system did not start again: ${program.complaints()}`);
    await sleep(random.fraction() * LONGEST_ROUND_MS);
    program.signal("SIGKILL");
    const how = await program.ended;
    if (how !== "SIGKILL") throw new Error(`it ended by itself with ${how}: ${program.complaints()}`);
  }
};

const sendAgain = async (address: string, token: string, { key, path, body }: Acknowledged) => {
  const response = await fetch(`${address}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: await response.json(), etag: response.headers.get("etag") };
};

/** Every acknowledged command, sent again, is answered as it was the first time, and changes nothing. */
const checkAnswers = async (t: Test, { address, folder }: Ground, acknowledged: readonly Acknowledged[]) => {
  const tokens = await tokensOf(folder);
  const different: unknown[] = [];
  for (const command of acknowledged) {
    const again = await sendAgain(address, await tokens.of(command.part), command);
    const { status, body, etag } = command.reply;
    if (JSON.stringify(again) !== JSON.stringify({ status, body, etag }))
      different.push({ path: command.path, first: command.reply, again });
  }
  t.same(different, [], "every acknowledged command has the same answer again");
};

/** Looks into the log and the tables; then forgets them and how far reactions came, and does everything again. */
const checkFromInside = async (t: Test, folder: string, acknowledged: readonly Acknowledged[]): Promise<void> => {
  const before = await startInside(t, folder);
  await settle(before.kit, before.node, SETTLE_LIMIT_MS);
  const events = await readLog(before.kit.store, before.kit.decoder);
  t.comment(`${events.length} events in ${new Set(events.map(({ stream }) => stream)).size} streams`);
  checkLog(t, events);
  const places = new Map(events.map((event) => [String(event.position), event]));
  const lost = acknowledged.filter(({ reply }) => !places.has(String(reply.body["position"])));
  t.same(lost, [], "every acknowledged command is in the log");
  const positions = acknowledged.map(({ reply }) => reply.body["position"]);
  t.equal(new Set(positions).size, positions.length, "no two commands have one answer");
  await checkReadModels(t, before);
  await before.stop();

  await rm(join(folder, "read-models"), { recursive: true });
  const after = await startInside(t, folder);
  await settle(after.kit, after.node, SETTLE_LIMIT_MS);
  const again = await readLog(after.kit.store, after.kit.decoder);
  // A reaction that asks its tables what to do finds later ones there than the first time: it may then be refused.
  const more = again.slice(events.length).filter(({ type }) => type !== "ReactionRefused");
  t.same(
    more.map(({ stream, type }) => `${stream} ${type}`),
    [],
    "every reaction had taken place, and takes place no second time",
  );
  await checkReadModels(t, after);
  await after.stop();
};

t.test("kill -9 at any moment of many journeys loses nothing, invents nothing, does nothing twice", async (t) => {
  const ground = await prepare(t);
  const acknowledged: Acknowledged[] = [];
  const kills = Math.max(1, Math.round((KILLS * (10 - OF_TEN_IN_IMPORTS)) / 10));
  const tokens = await tokensOf(ground.folder);
  const killing = killAgainAndAgain(ground, kills).then(() => ground.start());
  const over = new AbortController();
  const failed = new AbortController();
  killing.then(
    () => {
      over.abort();
    },
    (error: unknown) => {
      over.abort();
      failed.abort(error);
    },
  );
  const stopped: unknown[] = [];
  let journeys = 0;
  for (let seed = 1; !over.signal.aborted; seed += 1) {
    const report = await simulate({
      seed,
      journeys: 40,
      speed: 400,
      address: ground.address,
      environment: realEnvironment(),
      tokenOf: (part: Part) => tokens.of(part),
      onAcknowledged: (command) => acknowledged.push(command),
      patienceMs: PATIENCE_MS,
      signal: failed.signal,
    });
    journeys += report.journeys;
    stopped.push(...report.ended.filter(({ reached }) => reached === "stopped" || reached.startsWith("/")));
  }
  t.same(stopped, [], "every journey comes to its end all the same");
  const last = await killing;
  t.match(await last.said(/ready/), /ready/, "it starts");
  t.comment(`${kills} kills, ${journeys} journeys, ${acknowledged.length} acknowledged commands`);
  await checkAnswers(t, ground, acknowledged);
  await stopCleanly(t, last);
  await checkFromInside(t, ground.folder, acknowledged);
});

/** So many rows of the sample list: an import long enough to be killed several times. */
const ROWS = 600;

const listOfCandidates = async (): Promise<string> => {
  const list = new URL("../../simulator/lists/candidates.csv", import.meta.url);
  return (await readFile(list, "utf8"))
    .split("\n")
    .slice(0, ROWS + 1)
    .join("\n");
};

/** Asks until the system answers, as a client does that knows it will come back. */
const insist = async (address: string, path: string, init: RequestInit): Promise<Response> => {
  for (;;) {
    const response = await fetch(`${address}${path}`, init).catch(() => undefined);
    if (response !== undefined && response.status < 500) return response;
    await sleep(100);
  }
};

/** Sends the list and waits until it is through: the summary, and the outcome of each row. */
const importCandidates = async ({ address, folder }: Ground, list: string) => {
  const token = await (await tokensOf(folder)).of({ role: "registrar", unit: "1726" });
  const headers = { authorization: `Bearer ${token}`, "content-type": "text/csv" };
  const init = { method: "POST", headers, body: list };
  const sent = await insist(address, "/registration/imports?asOf=2026-02-16", init);
  const place = sent.headers.get("location") ?? "nowhere";
  for (;;) {
    const summary = (await (await insist(address, place, { headers })).json()) as { state: string };
    if (summary.state !== "running") {
      const rows = await (await insist(address, `${place}/rows`, { headers })).text();
      return { summary, rows: rows.trim().split("\n") };
    }
    await sleep(50);
  }
};

t.test("kill -9 at any moment of an import leaves the outcome that an undisturbed one has", async (t) => {
  const list = await listOfCandidates();
  const ground = await prepare(t);
  const kills = Math.max(1, Math.round((KILLS * OF_TEN_IN_IMPORTS) / 10));
  const killing = killAgainAndAgain(ground, kills).then(() => ground.start());
  const disturbed = await importCandidates(ground, list);
  const last = await killing;
  t.match(await last.said(/ready/), /ready/, "it starts");
  t.match(disturbed.summary, { state: "done", rows: ROWS });
  t.same(await importCandidates(ground, list), disturbed, "sent again it is the same import");
  await stopCleanly(t, last);
  t.comment(`${kills} kills, ${disturbed.rows.length} rows`);
  await checkFromInside(t, ground.folder, []);

  const calm = await prepare(t);
  const undisturbed = calm.start();
  t.match(await undisturbed.said(/ready/), /ready/, "it starts");
  t.same(disturbed, await importCandidates(calm, list));
  await stopCleanly(t, undisturbed);
});
