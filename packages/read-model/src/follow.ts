import type { EventStore, RecordedEvent, SubscriptionMessage } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import type { Applied, Batches } from "./batch.ts";
import { isDamage, type Checkpoint, type Database } from "./database.ts";
import { RETRY_FIRST_MS, RETRY_LAST_MS, SAVE_PROGRESS_MS, YIELD_AFTER_MS } from "./limits.ts";
import { whereToResume } from "./resume.ts";

export interface FollowOptions {
  readonly store: EventStore;
  readonly categories: readonly string[];
  readonly database: Database;
  readonly batches: Batches;
  readonly environment: Environment;
  readonly eventsPerTransaction: number;
  readonly onError: (error: unknown) => void;
  readonly written: () => void;
  /** A batch stands in the tables. */
  readonly announce: (applied: Applied) => void;
  readonly advanced: (position: bigint) => void;
  /** What was kept in memory beside the tables no longer holds. */
  readonly forget: () => void;
}

export interface Follower {
  position(): bigint;
  readonly ready: Promise<undefined>;
  /** The file was found damaged while it was read. */
  damaged(): void;
  stop(): Promise<void>;
}

/** Keeps the file up with the log, for ever: on any failure it goes on from what the file says, after a pause. */
export const follow = (options: FollowOptions): Follower => {
  const { store, categories, database, batches, eventsPerTransaction, onError, written, announce, advanced, forget } =
    options;
  const { clock, timers } = options.environment;
  const firstCatchUp = Promise.withResolvers<undefined>();
  firstCatchUp.promise.catch(() => undefined);
  const stopping = new AbortController();
  let round = new AbortController();
  let isDamaged = false;
  let mustStartOver = false;
  let position = -1n;
  let saved: Checkpoint = { position: -1n };
  let savedAt = clock.monotonic();
  let eventsSinceYield = 0;
  let yieldedAt = clock.monotonic();

  const isStopping = (): boolean => stopping.signal.aborted;

  const advance = (to: bigint): void => {
    if (to <= position) return;
    position = to;
    advanced(to);
  };

  /** From now on nothing counts as applied, although the file is only made anew when this round has ended. */
  const foundDamaged = (): void => {
    isDamaged = true;
    position = -1n;
    round.abort();
  };

  const startOver = (): void => {
    mustStartOver = true;
    position = -1n;
    forget();
    database.recreate(isDamaged ? "damaged" : "other-log");
    mustStartOver = isDamaged = false;
  };

  const keep = (checkpoint: Checkpoint): void => {
    saved = checkpoint;
    savedAt = clock.monotonic();
  };

  /** Positions of no own event are saved now and then, and at the end, so that a restart need not scan them again. */
  const saveProgress = (): void => {
    if (position <= saved.position) return;
    const checkpoint = { ...saved, position };
    database.transaction(() => database.saveCheckpoint(checkpoint));
    keep(checkpoint);
    written();
  };

  const letOthersRun = async (events: number, signal: AbortSignal): Promise<void> => {
    eventsSinceYield += events;
    if (eventsSinceYield < eventsPerTransaction && clock.monotonic() - yieldedAt < YIELD_AFTER_MS) return;
    await timers.sleep(0, signal);
    eventsSinceYield = 0;
    yieldedAt = clock.monotonic();
  };

  const chunkEnd = (chunk: readonly RecordedEvent[]): bigint => chunk.at(-1)?.position ?? position;

  const take = async (events: readonly RecordedEvent[], end: bigint, signal: AbortSignal): Promise<void> => {
    for (let from = 0; from < events.length && !signal.aborted; from += eventsPerTransaction) {
      const chunk = events.slice(from, from + eventsPerTransaction);
      const next = events[from + eventsPerTransaction];
      const { applied, failure } = batches.apply(chunk, next ? chunkEnd(chunk) : end);
      if (applied) {
        keep(applied.checkpoint);
        advance(applied.checkpoint.position);
        announce(applied);
      }
      if (failure) throw failure;
      written();
      await letOthersRun(chunk.length, signal);
    }
  };

  const receive = async (message: SubscriptionMessage, signal: AbortSignal): Promise<void> => {
    if (message.kind === "events") await take(message.events, message.position, signal);
    if (signal.aborted) return;
    advance(message.position);
    if (clock.monotonic() - savedAt >= SAVE_PROGRESS_MS) saveProgress();
    if (message.kind !== "caughtUp") return;
    batches.caughtUp();
    firstCatchUp.resolve(undefined);
  };

  const followRound = async (signal: AbortSignal): Promise<void> => {
    if (mustStartOver || isDamaged) startOver();
    keep(database.checkpoint());
    const resumed = await whereToResume(store, saved);
    if (resumed === undefined) {
      startOver();
      keep({ position: -1n });
    }
    const after = resumed ?? "start";
    if (after !== "start") advance(after);
    for await (const message of store.subscribe({ after, filter: { categories }, signal }))
      await receive(message, signal);
  };

  const run = async (): Promise<void> => {
    let pause = RETRY_FIRST_MS;
    while (!isStopping()) {
      const before = position;
      round = new AbortController();
      try {
        await followRound(AbortSignal.any([stopping.signal, round.signal]));
      } catch (error) {
        if (!isStopping() && !round.signal.aborted) onError(error);
        if (isDamage(error)) foundDamaged();
        forget();
      }
      if (position > before) pause = RETRY_FIRST_MS;
      await timers.sleep(pause, stopping.signal).catch(() => undefined);
      pause = Math.min(pause * 2, RETRY_LAST_MS);
    }
  };
  const running = run();

  return {
    position: () => position,
    ready: firstCatchUp.promise,
    damaged: foundDamaged,
    async stop() {
      stopping.abort();
      await running;
      firstCatchUp.reject(new Error("the read model was closed before it had caught up"));
      saveProgress();
    },
  };
};
