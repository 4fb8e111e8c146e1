import type { EventStore } from "@safar/event-store";
import { runRelay, type LifecycleStream, type Relay } from "../../src/index.ts";
import { openJetStream } from "../../src/jetstream/index.ts";
import { impatientEnvironment as environment } from "../../test/environment.ts";
import { decoder } from "../../test/journeys.ts";

const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};

/** A relay that begins with an empty stream. */
export const startOnEmptyStream = async (options: {
  readonly url: string;
  readonly store: EventStore;
  /** What stands between the relay and the stream. */
  readonly over?: (stream: LifecycleStream) => LifecycleStream;
}): Promise<{ readonly relay: Relay; stop(): Promise<void> }> => {
  const { url, store, over = (stream) => stream } = options;
  const jetstream = openJetStream({ url, limits: {}, environment, log, onFatal });
  await jetstream.stream.remove();
  await jetstream.stream.ensure();
  const stopping = new AbortController();
  const stream = over(jetstream.stream);
  const relay = runRelay({ store, decoder, stream, durables: [], environment, signal: stopping.signal });
  return {
    relay,
    async stop() {
      stopping.abort();
      await relay.ended;
      await jetstream.close();
    },
  };
};

/** What a part of the work cost. */
export interface Cost {
  /** Messages a second that were stored and acknowledged. */
  readonly rate: number;
  /** Microseconds of this process's processor a message: on a shared machine steadier than the rate. */
  readonly processor: number;
}

export const costOf = async (work: () => Promise<number>): Promise<Cost> => {
  const [begin, before] = [performance.now(), process.cpuUsage()];
  const messages = await work();
  const seconds = (performance.now() - begin) / 1_000;
  const { user, system } = process.cpuUsage(before);
  return { rate: messages / seconds, processor: (user + system) / messages };
};

/** @param part 0.5: the median */
export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? NaN;
