import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";
import { deriveUuid, type Environment } from "@safar/kernel";
import { openEmbeddedEventStore, openMemoryEventStore, StoreUnavailable, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { openEmbeddedVault, openMemoryVault } from "@safar/vault";
import {
  candidateCells,
  expectedOutcome,
  importUntil,
  listOf,
  rowsByFault,
  rowsOf,
  sampleList,
  sendList,
  startTestNode,
} from "@safar/testing";
import { registration } from "../../src/index.ts";
import { eventsOf } from "./support/events.ts";

/** An import over a stop and a start, with the data on a disk. */

const environment = realEnvironment();
/** Enough for several records of its rows, with duplicates and suspicions among them. */
const ROWS = 1_000;
const list = Buffer.from(sampleList("candidates"))
  .toString("utf8")
  .split("\r\n")
  .slice(0, ROWS + 1)
  .join("\r\n");

/** What the whole list gives for its first rows: no later row changes that. */
const expected = Object.fromEntries(
  Object.entries(expectedOutcome.candidates.rowsByFault)
    .map(([code, rows]) => [code, rows.filter((row) => row <= ROWS)] as const)
    .filter(([, rows]) => rows.length > 0),
);
/** Starts the service on the data of a folder; everything is closed by `stop`. */
const start = async (folder: string, masterKey: Uint8Array) => {
  const store = await openEmbeddedEventStore({ folder: join(folder, "log"), environment });
  const vault = await openEmbeddedVault({ folder: join(folder, "vault"), masterKey, environment });
  const stops: (() => unknown)[] = [];
  const teardown = (stop: () => unknown): void => void stops.push(stop);
  const node = await startTestNode({ teardown: teardown as never }, { services: [registration], store, vault });
  const stop = async (): Promise<void> => {
    for (const each of stops) await each();
  };
  return { node, registrar: await node.as({ role: "registrar", unit: "1726" }), stop };
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

/** What some rows of the list say of their people. */
const SAYINGS = (() => {
  const lines = list.split("\r\n");
  const rows = [3, 63, 378, 700, 832, 929, 1000].map((number) => (lines[number] ?? "").split(";"));
  const columns = (lines[0] ?? "").replace("\uFEFF", "").split(";");
  const wanted = ["surname", "pinfl", "passport", "phone", "mrz"].map((column) => columns.indexOf(column));
  return rows.flatMap((cells) => wanted.flatMap((place) => cells[place] ?? [])).filter((saying) => saying.length > 5);
})();

/** Files of the folder that hold any of it in clear. */
const tellingFiles = async (folder: string): Promise<readonly string[]> => {
  const telling: string[] = [];
  for (const file of await filesIn(folder)) {
    const bytes = await readFile(file);
    const found = SAYINGS.filter((saying) => bytes.includes(saying));
    if (found.length > 0) telling.push(`${file}: ${found.join()}`);
  }
  return telling;
};

t.test("an import that was interrupted goes on where it stopped, and nothing personal lies in clear", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "safar-import-"));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  const masterKey = environment.random.bytes(32);
  t.ok(SAYINGS.length > 20);

  const first = await start(folder, masterKey);
  const sent = await sendList(first.registrar, "/registration/imports?asOf=2026-02-16", list);
  t.equal(sent.status, 202);
  const location = sent.headers.get("location") ?? "";
  const importId = location.split("/").at(-1) ?? "";
  await importUntil(environment, first.registrar, location, ({ registered }) => registered > 0);
  await first.stop();
  t.same(await tellingFiles(folder), [], "half-way");

  const store = await openEmbeddedEventStore({ folder: join(folder, "log"), environment });
  const { decoder } = first.node.kit;
  const firstRun = (await eventsOf({ store, decoder }, "import")).flatMap(({ data }) => data["rows"] ?? []);
  await store.close();
  t.ok(firstRun.length > 0 && firstRun.length < ROWS, `it was stopped on its way, after ${firstRun.length} rows`);

  const second = await start(folder, masterKey);
  t.teardown(second.stop);
  const summary = await importUntil(environment, second.registrar, location, ({ state }) => state !== "running");
  t.match(summary, { state: "done", rows: ROWS, duplicates: expected["duplicate-person"]?.length });
  const rows = await rowsOf(second.registrar, location);
  t.same(
    rows.map(({ row }) => row),
    Array.from({ length: ROWS }, (_, index) => index + 1),
    "each row once, in the file's order",
  );
  t.same(rowsByFault(rows), expected);

  const registered = (await eventsOf(second.node.kit, "registration")).filter(
    ({ type }) => type === "CandidateRegistered",
  );
  t.equal(registered.length, rows.filter(({ outcome }) => outcome === "registered").length);
  const unlike = registered.filter(
    ({ data, meta }) => meta.transactionId !== deriveUuid(importId, String(data["importRow"])),
  );
  t.same(unlike, [], "each under its row's transaction");
  t.same(await tellingFiles(folder), [], "after it");
});

t.test(
  "a row that was half done is finished under its own transaction, however long the system was away",
  async (t) => {
    const memory = openMemoryEventStore({ environment });
    const vault = openMemoryVault({ environment });
    let isCaseRefused = true;
    /** The log takes the journey of a row's person and not its case. */
    const store: EventStore = {
      ...memory,
      append(stream, expected, events) {
        const ofRow = Buffer.from(events[0]?.metadata ?? []).includes('"channel":"import"');
        if (isCaseRefused && ofRow && stream.startsWith("registration-"))
          return Promise.reject(new StoreUnavailable("the disk is full", "not-stored"));
        return memory.append(stream, expected, events);
      },
    };
    const first = await startTestNode(t, { services: [registration], store, vault });
    const registrar = await first.as({ role: "registrar", unit: "1726" });
    const path = "/registration/imports?asOf=2026-02-16";
    const sent = await sendList(registrar, path, listOf([candidateCells(1)]));
    const location = sent.headers.get("location") ?? "";
    const isHalfDone = async () => (await eventsOf(first.kit, "person")).length > 0;
    while (!(await isHalfDone())) await environment.timers.sleep(5);
    await first.node.stop();

    /** A day later, and a hundred times as fast: the watchdog of reservations looks again and again. */
    let looks = 0;
    const later: Environment = {
      ...environment,
      clock: { ...environment.clock, now: () => environment.clock.now() + 86_400_000 },
      timers: {
        ...environment.timers,
        sleep(milliseconds, signal) {
          if (milliseconds === 10_000) looks += 1;
          return environment.timers.sleep(milliseconds / 100, signal);
        },
      },
    };
    const second = await startTestNode(t, { services: [registration], store, vault, environment: later });
    while (looks < 4) await environment.timers.sleep(20);
    isCaseRefused = false;
    const client = await second.as({ role: "registrar", unit: "1726" });
    const summary = await importUntil(environment, client, location, ({ state }) => state !== "running");
    t.match(summary, { state: "done", registered: 1 });
    const events = await eventsOf(second.kit, "person", "registration");
    t.strictSame(
      events.map(({ type }) => type),
      ["JourneyOpened", "CandidateRegistered", "ConsentGranted", "AddressedListEntryAdded"],
    );
    const transactions = new Set(events.map(({ meta }) => meta.transactionId));
    t.strictSame([...transactions], [deriveUuid(location.split("/").at(-1) ?? "", "1")]);
  },
);
