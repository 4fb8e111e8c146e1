import { categoryOf, categoryTest, checkFilter } from "../local/category.ts";
import type { Position, RecordedEvent, SubscribeOptions, SubscriptionMessage } from "../port.ts";
import { isDropped, isUnknownPosition } from "./errors.ts";
import { followOnServer, toldOf, type FollowedItem, type Told } from "./follow-raw.ts";
import { CATCH_UP_WINDOW, FIRST_RETRY_MILLISECONDS, LAST_RETRY_MILLISECONDS, MAX_SUBSCRIPTIONS } from "./limits.ts";
import { headOf, isOurs } from "./log-on-server.ts";
import type { Numbering } from "./moved-log.ts";
import { placeOrStart } from "./place.ts";
import { pull } from "./pull.ts";
import type { ReadParts } from "./read.ts";
import { untilAborted } from "./until-aborted.ts";

/** Bounds the subscriptions of one connection. */
export interface SubscriptionCount {
  open: number;
}

/**
 * One subscription. It resumes for ever from what its consumer took last: the server drops one that is behind by its
 * buffer of 32 events, restarts, or loses its leader. Nothing is taken from the server before the consumer asks.
 */
export const subscribe = (
  parts: ReadParts,
  count: SubscriptionCount,
  options: SubscribeOptions,
): AsyncIterable<SubscriptionMessage> => {
  checkFilter(options.filter);
  const { after } = options;
  // Asked for at the call. Where the server is away, the end is where it stands when it is back.
  const end = after === "end" ? endOf(parts) : undefined;
  end?.catch(() => undefined);
  return {
    async *[Symbol.asyncIterator]() {
      parts.connection.checkOpen();
      if (count.open >= MAX_SUBSCRIPTIONS)
        throw new Error(`this process follows the log ${count.open} times already, ${MAX_SUBSCRIPTIONS} are allowed`);
      count.open += 1;
      try {
        yield* messages(parts, options, end);
      } finally {
        count.open -= 1;
      }
    },
  };
};

const endOf = async (parts: ReadParts): Promise<Position> => headOf(parts.connection, await parts.numbering.load());

/** How far one subscription is. */
interface Progress {
  readonly numbering: Numbering;
  /** Resumes here, in shown positions: everything up to it was given. */
  position: Position;
  /** The same on the server. */
  place: Position;
  /** Whether `place` came from the server, and not from a caller who may have made it up. */
  isPlaceKnown: boolean;
  saidCaughtUp: boolean;
  /** True once it has caught up: a filtered one then hears of each event that does not match, not of every thousandth. */
  isLive: boolean;
}

async function* messages(
  parts: ReadParts,
  options: SubscribeOptions,
  end: Promise<Position> | undefined,
): AsyncGenerator<SubscriptionMessage, void> {
  const { connection } = parts;
  const { signal } = options;
  let progress: Progress | undefined;
  let wait = FIRST_RETRY_MILLISECONDS;
  while (!isAborted(signal)) {
    let problem: unknown;
    try {
      progress ??= await untilAborted(begin(parts, options.after, end), signal);
      if (progress === undefined) return;
      for await (const message of messagesOfSession(parts, options, progress)) {
        wait = FIRST_RETRY_MILLISECONDS;
        yield message;
      }
    } catch (error) {
      problem = error;
    }
    if (isAborted(signal)) return;
    connection.checkOpen();
    end = undefined;
    // Dropped for being behind, or on the way from catching up to being live: it goes on at once.
    if (problem === undefined || isDropped(problem)) continue;
    connection.report(new Error(`a subscription goes on in ${wait} ms: ${connection.told(problem)}`));
    if (progress !== undefined && isUnknownPosition(problem)) progress.isPlaceKnown = false;
    if (!(await slept(parts, wait, signal))) return;
    wait = Math.min(2 * wait, LAST_RETRY_MILLISECONDS);
  }
}

/** Asked anew after each wait: the type checker believes that the first answer still holds. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

const slept = async ({ connection }: ReadParts, milliseconds: number, signal: AbortSignal): Promise<boolean> => {
  try {
    await connection.environment.timers.sleep(milliseconds, signal);
    return true;
  } catch {
    return false;
  }
};

const begin = async (
  parts: ReadParts,
  after: SubscribeOptions["after"],
  end: Promise<Position> | undefined,
): Promise<Progress> => {
  const numbering = await parts.numbering.load();
  const position = after === "start" ? -1n : after === "end" ? await (end ?? endOf(parts)) : after;
  const place = numbering.toServer(position);
  return { numbering, position, place, isPlaceKnown: false, saidCaughtUp: false, isLive: false };
};

/** What one subscription on the server gives, until it breaks or, to be live, is to be made anew. */
async function* messagesOfSession(
  { connection, numbering }: ReadParts,
  { filter, signal }: SubscribeOptions,
  progress: Progress,
): AsyncGenerator<SubscriptionMessage, void> {
  if (!progress.isPlaceKnown) {
    const place = await untilAborted(placeOrStart(connection, progress.place, signal), signal);
    if (place === undefined) return;
    progress.place = place;
    progress.isPlaceKnown = true;
  }
  const session = await untilAborted(connection.session(), signal);
  if (session === undefined) return;
  const window = filter === undefined || !progress.isLive ? CATCH_UP_WINDOW : 1;
  const followed = followOnServer(session.reading, { after: progress.place, filter, window });
  const pulled = pull<FollowedItem>(followed, { timers: connection.environment.timers });
  const forget = connection.onClosed(pulled.cancel);
  signal.addEventListener("abort", pulled.cancel, { once: true });
  const isToBecomeLive = filter !== undefined && !progress.isLive;
  progress.isLive = false;
  const passes = categoryTest(filter);
  try {
    for (let chunk = await pulled.next(); chunk !== undefined; chunk = await pulled.next()) {
      const told = chunk.map(toldOf);
      if (told.some(hasOrigin)) await numbering.confirmPlain();
      for (const message of messagesOfChunk(told, progress, passes)) {
        if (isAborted(signal)) return;
        yield message;
      }
      if (isToBecomeLive && hasCaughtUp(progress)) return;
    }
  } finally {
    forget();
    signal.removeEventListener("abort", pulled.cancel);
    pulled.cancel();
  }
  if (session.isCurrent()) throw new Error("the server ended it");
}

const hasOrigin = (told: Told | undefined): boolean => told?.kind === "event" && told.stored.origin !== undefined;

/** Asked anew, as above. */
const hasCaughtUp = (progress: Progress): boolean => progress.isLive;

/** Takes a chunk in. `progress` moves with each message, so that it never runs ahead of what was given. */
function* messagesOfChunk(
  chunk: readonly (Told | undefined)[],
  progress: Progress,
  passes: (category: string | undefined) => boolean,
): Generator<SubscriptionMessage, void> {
  let events: RecordedEvent[] = [];
  let upTo = progress.position;
  const given = function* (): Generator<SubscriptionMessage, void> {
    if (upTo <= progress.position) return;
    progress.position = upTo;
    yield { kind: "events", events, position: upTo };
    events = [];
  };
  for (const told of chunk) {
    if (told?.kind === "caughtUp") {
      yield* given();
      progress.isLive = true;
      if (!progress.saidCaughtUp) yield { kind: "caughtUp", position: progress.position };
      progress.saidCaughtUp = true;
    }
    const passed = placePassed(told);
    if (passed !== undefined) {
      progress.place = passed;
      upTo = later(upTo, progress.numbering.toShown(passed));
    }
    if (told?.kind !== "event" || !isOurs(told.stored.event.stream)) continue;
    progress.place = told.stored.event.position;
    const event = progress.numbering.shown(told.stored);
    if (event.position <= upTo) continue;
    upTo = event.position;
    if (passes(categoryOf(event.stream))) events.push(event);
  }
  yield* given();
}

/** Where the server says that it has come, without an event for us: a checkpoint, or a note of the move. */
const placePassed = (told: Told | undefined): Position | undefined => {
  if (told?.kind === "checkpoint") return told.position;
  return told?.kind === "event" && !isOurs(told.stored.event.stream) ? told.stored.event.position : undefined;
};

const later = (one: Position, other: Position): Position => (one > other ? one : other);
