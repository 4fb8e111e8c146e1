import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openEmbeddedEventStore } from "@safar/event-store";
import { impatientEnvironment as environment } from "../../test/environment.ts";
import { createWriter } from "../../test/journeys.ts";
import { until } from "../../test/support/waiting.ts";
import { startOnEmptyStream } from "./ground.ts";

const EVENTS_A_SECOND = 1_000;
const SECONDS = 10;
const TICK_MS = 10;
const STREAMS = 20;

/** Milliseconds from the append's being durable to JetStream's word that the message is stored, of each event. */
export const lagsOf = async (url: string): Promise<readonly number[]> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-bench-"));
  const store = await openEmbeddedEventStore({ folder, environment });
  const [durableAt, storedAt] = [new Map<string, number>(), new Map<string, number>()];
  const { relay, stop } = await startOnEmptyStream({
    url,
    store,
    over: (stream) => ({
      ...stream,
      async publish(message, expected) {
        const stored = await stream.publish(message, expected);
        storedAt.set(`${message.headers["ce-subject"]} ${message.headers["ce-revision"]}`, performance.now());
        return stored;
      },
    }),
  });
  await until("the relay", () => relay.status().state === "publishing");

  // A writer a stream, so that their appends share syncs, as those of many cases do.
  const perTick = (EVENTS_A_SECOND * TICK_MS) / 1_000;
  const writers = Array.from({ length: STREAMS }, () => createWriter(store));
  const lines = writers.map(() => Promise.resolve());
  const append = async (index: number, revision: number): Promise<void> => {
    const stream = `journey-${index}`;
    await writers[index]?.({ stream, to: String(revision) });
    durableAt.set(`${stream} ${revision}`, performance.now());
  };
  const begin = performance.now();
  for (let sent = 0; sent < EVENTS_A_SECOND * SECONDS;) {
    const due = Math.min(EVENTS_A_SECOND * SECONDS, Math.floor((performance.now() - begin) / TICK_MS + 1) * perTick);
    for (; sent < due; sent += 1) {
      const [index, revision] = [sent % STREAMS, Math.floor(sent / STREAMS)];
      lines[index] = (lines[index] ?? Promise.resolve()).then(() => append(index, revision));
    }
    await wait(TICK_MS);
  }
  await Promise.all(lines);
  await until("the end", () => storedAt.size === durableAt.size);
  await stop();
  await store.close();
  await rm(folder, { recursive: true });
  // What the stream has before its writer was told is no lag.
  return [...durableAt].map(([name, at]) => Math.max(0, (storedAt.get(name) ?? Infinity) - at));
};
