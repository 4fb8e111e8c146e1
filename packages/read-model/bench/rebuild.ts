import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReadModel } from "../src/index.ts";
import { realEnvironment as environment } from "../test/environment.ts";
import { courseSeats, decoder, journeyList, toAppend, type Step } from "../test/journeys.ts";
import { openStore } from "../test/store.ts";

/**
 * How fast a read model is rebuilt from the log (goals.md, P2: 60,000 events/s): events from memory, so that it is
 * the read model that is measured, into a file with two projections and two indexed fields. `node bench/rebuild.ts`.
 */

const EVENTS = Number(process.argv[2] ?? 150_000);
const ROUNDS = 5;
const REGIONS = 14;
const STATES = ["training", "selection", "visa", "departure", "abroad", "returned"];
const EVENTS_PER_JOURNEY = 12;

/** Many journeys under way side by side, as a nation's are; now and then a seat is taken. */
const stepAt = (index: number): Step => {
  if (index % 20 === 19) return { course: String(index % 400) };
  const journey = `0b5c7f52-${String(index % Math.ceil(EVENTS / EVENTS_PER_JOURNEY)).padStart(12, "0")}`;
  const isFirst = index < EVENTS / EVENTS_PER_JOURNEY;
  if (isFirst) return { journey, does: "open", region: String(1700 + (index % REGIONS)) };
  return { journey, does: "move", to: STATES[index % STATES.length] ?? "training" };
};

const filled = async () => {
  const store = openStore();
  const revisions = new Map<string, number>();
  for (let index = 0; index < EVENTS; index += 1) {
    const step = stepAt(index);
    const stream = "course" in step ? `course-${step.course}` : `journey-${step.journey}`;
    const revision = revisions.get(stream) ?? -1;
    const { stream: _, ...event } = toAppend(step, revision + 1);
    await store.append(stream, revision < 0 ? "no-stream" : revision, [event]);
    revisions.set(stream, revision + 1);
  }
  return store;
};

const rebuildOnce = async (
  store: Awaited<ReturnType<typeof filled>>,
  folder: string,
  round: number,
): Promise<number> => {
  const begun = environment.clock.monotonic();
  const readModel = openReadModel({
    file: join(folder, `${round}.sqlite`),
    projections: [journeyList, courseSeats],
    store,
    decoder,
    environment,
    onError: (error) => {
      throw error;
    },
  });
  await readModel.ready;
  const seconds = (environment.clock.monotonic() - begun) / 1_000;
  await readModel.close();
  return Math.round(EVENTS / seconds);
};

const decodeAll = async (store: Awaited<ReturnType<typeof filled>>): Promise<number> => {
  const begun = environment.clock.monotonic();
  for await (const event of store.readAll()) decoder.decode(event);
  return Math.round(EVENTS / ((environment.clock.monotonic() - begun) / 1_000));
};

const median = (figures: readonly number[]): number =>
  [...figures].sort((left, right) => left - right)[Math.floor(figures.length / 2)] ?? 0;

const folder = await mkdtemp(join(tmpdir(), "safar-rebuild-"));
const store = await filled();
const rebuilt: number[] = [];
const decoded: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  decoded.push(await decodeAll(store));
  rebuilt.push(await rebuildOnce(store, folder, round));
}
await rm(folder, { recursive: true });
console.log(`events                ${EVENTS}`);
console.log(`decoding alone        ${median(decoded)} events/s (${decoded.join(", ")})`);
console.log(`rebuild of two tables ${median(rebuilt)} events/s (${rebuilt.join(", ")})`);
