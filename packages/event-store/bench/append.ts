import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedEventStore, type EventStore, type EventToAppend } from "../src/index.ts";
import { environment } from "../test/support/environment.ts";

/**
 * P1: durable appends with an expected revision to the embedded log, against the machine's own rate of syncs. Each is
 * of one event of some 600 bytes to a stream of its own. The syncs are measured between the rounds, since only the
 * ratio says something about the log.
 * `npm run bench -- append`
 */

const ROUNDS = 5;
const SYNC_MILLISECONDS = 500;
const APPEND_MILLISECONDS = 1_000;
const IN_FLIGHT = [1, 64, 256];

const data = Buffer.from(JSON.stringify({ note: "x".repeat(280) }));
const metadata = Buffer.from(JSON.stringify({ actor: "y".repeat(280) }));

const eventOf = (): EventToAppend => ({ id: randomUUID(), type: "CandidateRegistered", data, metadata });

/** How often a second a page can be appended to a file and synced. */
const syncsPerSecond = (folder: string): number => {
  const file = openSync(join(folder, "syncs"), "a");
  const page = Buffer.alloc(4_096, 1);
  const begin = performance.now();
  let syncs = 0;
  while (performance.now() - begin < SYNC_MILLISECONDS) {
    writeSync(file, page);
    fsyncSync(file);
    syncs += 1;
  }
  const seconds = (performance.now() - begin) / 1_000;
  closeSync(file);
  return syncs / seconds;
};

interface Measured {
  readonly rate: number;
  readonly p50: number;
  readonly p99: number;
  /** Rate divided by the syncs a second of the same round. */
  readonly ratio: number;
}

const appendFor = async (store: EventStore, inFlight: number, syncs: number): Promise<Measured> => {
  const waits: number[] = [];
  const begin = performance.now();
  const write = async (): Promise<void> => {
    for (let now = begin; now - begin < APPEND_MILLISECONDS;) {
      await store.append(`registration-${randomUUID()}`, "no-stream", [eventOf()]);
      const then = now;
      now = performance.now();
      waits.push(now - then);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, write));
  const rate = (1_000 * waits.length) / (performance.now() - begin);
  const sorted = Float64Array.from(waits).sort();
  const share = (part: number): number => sorted[Math.floor(part * sorted.length)] ?? 0;
  return { rate, p50: share(0.5), p99: share(0.99), ratio: rate / syncs };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

const print = (name: string, rounds: readonly Measured[]): void => {
  const [rate, ratio] = [median(rounds.map((round) => round.rate)), median(rounds.map((round) => round.ratio))];
  const [p50, p99] = [median(rounds.map((round) => round.p50)), median(rounds.map((round) => round.p99))];
  const columns = [
    name.padEnd(16),
    `${rate.toFixed(0).padStart(7)} events/s`,
    `${ratio.toFixed(2).padStart(6)} x syncs`,
    `p50 ${p50.toFixed(2).padStart(6)} ms`,
    `p99 ${p99.toFixed(2).padStart(6)} ms`,
  ];
  console.log(columns.join("   "));
};

const folder = await mkdtemp(join(tmpdir(), "safar-bench-"));
const store = await openEmbeddedEventStore({ folder, environment });
const measured = new Map<number, Measured[]>(IN_FLIGHT.map((inFlight) => [inFlight, []]));
const syncRates: number[] = [];
try {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [inFlight, rounds] of measured) {
      const syncs = syncsPerSecond(folder);
      syncRates.push(syncs);
      rounds.push(await appendFor(store, inFlight, syncs));
    }
  }
  console.log(
    `Embedded log, median of ${ROUNDS} rounds; the machine syncs ${median(syncRates).toFixed(0)} times a second`,
  );
  for (const [inFlight, rounds] of measured) print(`${inFlight} in flight`, rounds);
} finally {
  await store.close();
  await rm(folder, { recursive: true, force: true });
}
