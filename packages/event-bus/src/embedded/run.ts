import { streamIdOf, type Decoder } from "@safar/contracts";
import type { EventStore, RecordedEvent, SubscriptionMessage } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { pauseAfter } from "../backoff.ts";
import { HANDLED_AT_ONCE, MAX_HELD, MAX_IN_FLIGHT, SAVE_AFTER_MS, SAVE_EVERY_EVENTS } from "../limits.ts";
import type { BusLog, Consumer } from "../port.ts";
import type { Checkpoints } from "./checkpoints.ts";
import { createLines, type Try } from "./lines.ts";
import { createProgress, type Progress } from "./progress.ts";

export interface RunOptions {
  readonly consumer: Consumer;
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly environment: Environment;
  readonly log: BusLog;
  readonly checkpoints: Checkpoints;
  readonly signal: AbortSignal;
}

/** One consumer at work. */
export interface Run {
  /** Everything up to here is handled; undefined until the log has answered where it begins. */
  position(): bigint | undefined;
  readonly ended: Promise<void>;
}

const text = new TextDecoder();

/** The case that an event belongs to, also of one that cannot be decoded; of an event of no case its stream's id. */
const lineOf = (stored: RecordedEvent): string => {
  try {
    const metadata: unknown = JSON.parse(text.decode(stored.metadata));
    const caseId = typeof metadata === "object" && metadata !== null && "caseId" in metadata && metadata.caseId;
    if (typeof caseId === "string") return caseId.toLowerCase();
  } catch {
    // What is no JSON cannot be decoded either, and waits in its stream's line.
  }
  return streamIdOf(stored.stream);
};

/** Saves progress at most every so many events, and shortly after it was made. */
const createSaver = ({ consumer, environment, checkpoints, log }: RunOptions, position: () => bigint) => {
  let unsaved = 0;
  let isFailing = false;
  let cancel: (() => void) | undefined;
  const save = (): void => {
    cancel?.();
    cancel = undefined;
    unsaved = 0;
    try {
      checkpoints.save(consumer.durable, position());
      isFailing = false;
    } catch (error) {
      // It is tried again many times a second: what is told once is read.
      if (!isFailing)
        log.warn(
          { err: error, durable: consumer.durable },
          "progress cannot be saved; a restart hands events out again",
        );
      isFailing = true;
    }
  };
  return {
    save,
    advanced(): void {
      unsaved += 1;
      if (unsaved >= SAVE_EVERY_EVENTS) save();
      else cancel ??= environment.timers.after(SAVE_AFTER_MS, save);
    },
  };
};

export const createRun = (options: RunOptions): Run => {
  const { consumer, store, decoder, environment, log, checkpoints, signal } = options;
  const { durable } = consumer;
  const types = new Set(consumer.types);
  const lines = createLines({
    atOnce: HANDLED_AT_ONCE,
    inFlight: MAX_IN_FLIGHT,
    held: MAX_HELD,
    timers: environment.timers,
    signal,
  });
  let progress: Progress | undefined;
  const isEnding = (): boolean => signal.aborted;

  const pause = async (tries: number): Promise<void> => {
    await environment.timers.sleep(pauseAfter(tries, environment.random), signal).catch(() => undefined);
  };

  /** Tried for ever; an event that is not handled when the consumer ends comes again after the next start. */
  const tryTo =
    (stored: RecordedEvent, done: () => void): Try =>
    async (tries) => {
      try {
        await consumer.handle(decoder.decode(stored), tries);
        done();
        return "handled";
      } catch (error) {
        const { id, type, stream, position } = stored;
        log.warn({ err: error, durable, id, type, stream, position: position.toString(), tries }, "event not handled");
        return { pauseMs: pauseAfter(tries, environment.random) };
      }
    };

  const isWanted = (stored: RecordedEvent): boolean =>
    types.has(stored.type) && decoder.contractOf(stored)?.isPublished !== false;

  const receive = async (message: SubscriptionMessage, into: Progress): Promise<void> => {
    const events = message.kind === "events" ? message.events : [];
    for (const stored of events) {
      if (!isWanted(stored)) continue;
      await lines.room();
      if (isEnding()) return;
      lines.add(lineOf(stored), tryTo(stored, into.begin(stored.position)));
      handedOut = stored.position;
    }
    handedOut = message.position;
    into.passed(message.position);
  };

  /** Where to begin: after the last handled event, or at the start where the log is shorter than it once was. */
  const beginning = async (): Promise<bigint> => {
    const saved = checkpoints.load(durable) ?? -1n;
    if (saved <= (await store.head())) return saved;
    log.warn({ durable, position: saved.toString() }, "the log ends before this consumer's progress; all comes again");
    return -1n;
  };

  /** The last position that was handed out or passed over: where to subscribe again after an error. */
  let handedOut = -1n;
  const follow = async (into: Progress): Promise<void> => {
    const after = handedOut < 0n ? "start" : handedOut;
    const filter = { categories: consumer.categories };
    for await (const message of store.subscribe({ after, filter, signal })) await receive(message, into);
  };

  const work = async (): Promise<void> => {
    const saver = createSaver(options, () => progress?.position() ?? -1n);
    for (let failures = 0; !isEnding(); failures += 1) {
      const before = handedOut;
      try {
        if (!progress) {
          handedOut = await beginning();
          progress = createProgress(handedOut, () => saver.advanced());
        }
        await follow(progress);
      } catch (error) {
        if (isEnding()) break;
        log.warn({ err: error, durable }, "the log cannot be followed");
      }
      if (handedOut > before) failures = 0;
      await pause(failures);
    }
    await lines.idle();
    if (progress) saver.save();
  };

  return { position: () => progress?.position(), ended: work() };
};
