import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openEmbeddedEventStore, type EventStore, type EventToAppend } from "@safar/event-store";
import { openReadModel } from "../src/index.ts";
import { impatientEnvironment as environment } from "../test/environment.ts";
import { courseSeats, decoder, journeyList, toAppend, type Step } from "../test/journeys.ts";

/**
 * P2: how fast a read model is rebuilt from the embedded log (60,000 events/s). One file with two tables and two
 * indexed fields; beside it, in the same round, the same events read and decoded only.
 * `npm run bench -- rebuild [events]`
 */

const EVENTS = Number(process.argv[2] ?? 150_000);
const ROUNDS = 5;
const REGIONS = 14;
const STATES = ["training", "selection", "visa", "departure", "abroad", "returned"];
/** Journeys under way side by side, each with so many events: 4,000 rows are changed again and again. */
const UNDER_WAY = 4_000;
const EVENTS_PER_JOURNEY = 12;

const stepAt = (index: number): Step => {
  if (index % 20 === 19) return { course: String(index % 400) };
  const wave = Math.floor(index / (UNDER_WAY * EVENTS_PER_JOURNEY));
  const journey = `0b5c7f52-52d4-4d2b-${wave}-${String(index % UNDER_WAY).padStart(12, "0")}`;
  const age = Math.floor(index / UNDER_WAY) % EVENTS_PER_JOURNEY;
  if (age === 0) return { journey, does: "open", region: String(1700 + (index % REGIONS)) };
  return { journey, does: "move", to: STATES[age % STATES.length] ?? "training" };
};

const fill = async (store: EventStore): Promise<void> => {
  const revisions = new Map<string, number>();
  let appends: Promise<unknown>[] = [];
  const append = (stream: string, revision: number, event: EventToAppend): Promise<unknown> =>
    store.append(stream, revision < 0 ? "no-stream" : revision, [event]);
  for (let index = 0; index < EVENTS; index += 1) {
    const { stream, ...event } = toAppend(stepAt(index), (revisions.get(streamOf(index)) ?? -1) + 1);
    const revision = revisions.get(stream) ?? -1;
    revisions.set(stream, revision + 1);
    appends.push(append(stream, revision, event));
    // Fewer than would bring two events of one stream into the same burst.
    if (appends.length === 256) {
      await Promise.all(appends);
      appends = [];
    }
  }
  await Promise.all(appends);
};
const streamOf = (index: number): string => toAppend(stepAt(index), 0).stream;

const eventsPerSecond = async (work: () => Promise<void>): Promise<number> => {
  const begun = environment.clock.monotonic();
  await work();
  return Math.round(EVENTS / ((environment.clock.monotonic() - begun) / 1_000));
};

const rebuild = async (store: EventStore, file: string): Promise<void> => {
  const readModel = openReadModel({
    file,
    projections: [journeyList, courseSeats],
    store,
    decoder,
    environment,
    onError: (error) => {
      throw error;
    },
  });
  await readModel.ready;
  if (readModel.position() < BigInt(EVENTS - 1)) throw new Error(`only up to ${readModel.position()}`);
  await readModel.close();
};

const decodeAll = async (store: EventStore): Promise<void> => {
  for await (const event of store.readAll()) decoder.decode(event);
};

const median = (figures: readonly number[]): number =>
  [...figures].sort((left, right) => left - right)[Math.floor(figures.length / 2)] ?? 0;
const show = (what: string, figures: readonly number[]): void =>
  console.log(`${what.padEnd(24)} ${median(figures)} events/s (${figures.join(", ")})`);

const folder = await mkdtemp(join(tmpdir(), "safar-rebuild-"));
const store = await openEmbeddedEventStore({ folder, environment });
try {
  await fill(store);
  const decoded: number[] = [];
  const rebuilt: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    decoded.push(await eventsPerSecond(() => decodeAll(store)));
    rebuilt.push(await eventsPerSecond(() => rebuild(store, join(folder, `read-model-${round}.sqlite`))));
  }
  show(`${EVENTS} events, decoded`, decoded);
  show("… and rebuilt", rebuilt);
} finally {
  await store.close();
  await rm(folder, { recursive: true });
}
