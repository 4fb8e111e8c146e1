import type { EventStore } from "@safar/event-store";
import { durablesOf, runRelay, subscriberDurable, type Consumer, type Relay } from "../../src/index.ts";
import { openJetStream, openJetStreamEventBus, type StreamLimits } from "../../src/jetstream/index.ts";
import { decoder } from "../journeys.ts";
import { createRecorder } from "../recorder.ts";
import { quickEnvironment as environment } from "./quick-environment.ts";

/** A relay and consumers against a real server, as processes have them. */

export const ACK_WAIT_MS = 1_500;
export const CONSUMERS = ["swift", "slow", "crashing", "late"] as const;
export const SUBSCRIBER = "ministry";
export const durables = [
  ...CONSUMERS.flatMap((name) => durablesOf(name, ACK_WAIT_MS)),
  subscriberDurable(SUBSCRIBER, ACK_WAIT_MS),
];

/** What the parts told the operator. */
export const createBook = () => {
  const lines: { readonly details: Readonly<Record<string, unknown>>; readonly message: string }[] = [];
  return {
    lines,
    warn: (details: Readonly<Record<string, unknown>>, message: string): void => void lines.push({ details, message }),
    has: (pattern: RegExp): boolean =>
      lines.some(({ message, details }) => pattern.test(`${message} ${String(details["reason"])}`)),
  };
};
const onFatal = (error: Error): void => {
  throw error;
};

export interface RunningRelay extends Relay {
  readonly book: ReturnType<typeof createBook>;
  stop(): Promise<void>;
}

export const startRelay = (of: {
  readonly url: string;
  readonly store: EventStore;
  readonly limits?: StreamLimits;
}): RunningRelay => {
  const book = createBook();
  const jetstream = openJetStream({ url: of.url, limits: of.limits ?? {}, environment, log: book, onFatal });
  const stopping = new AbortController();
  const { stream } = jetstream;
  const relay = runRelay({
    store: of.store,
    decoder,
    stream,
    durables,
    environment,
    log: book,
    signal: stopping.signal,
  });
  return {
    ...relay,
    book,
    async stop() {
      stopping.abort();
      await relay.ended;
      await jetstream.close();
    },
  };
};

/** One process with one consumer. */
export const startConsumer = (of: {
  readonly url: string;
  readonly store: EventStore;
  readonly durable: string;
  readonly handle?: Consumer["handle"];
  readonly onFatal?: (error: Error) => void;
}) => {
  const recorder = createRecorder();
  const book = createBook();
  const { url, store, durable } = of;
  const bus = openJetStreamEventBus({
    url,
    service: durable,
    store,
    decoder,
    environment,
    log: book,
    onFatal: of.onFatal ?? onFatal,
    ackWaitMs: ACK_WAIT_MS,
  });
  const ended = bus.consume(
    {
      durable,
      categories: ["journey", "training", "course"],
      types: ["JourneyMoved", "TrainingMoved", "CourseMoved"],
      async handle(event, tries) {
        await of.handle?.(event, tries);
        recorder.note(event);
      },
    },
    new AbortController().signal,
  );
  return {
    bus,
    book,
    recorder,
    async stop(): Promise<void> {
      await bus.close();
      await ended;
    },
  };
};
