import { ProblemError, problemOf, type ServiceRuntime } from "@safar/service-kit";
import { SERVICE_CATEGORIES } from "../projections/case-lives.ts";
import { matcherOf, type Filter } from "./filter.ts";
import { encode, type Hub, type LiveEvent } from "./hub.ts";
import type { ServerMessage } from "./protocol.ts";
import { snapshotOf } from "./snapshot.ts";

/** Log events read at a time while a watcher catches up. */
const CATCH_UP_PAGE = 500;
/** How long a watcher waits that another replica has told of more than this one has seen; then nobody has. */
const MAX_AHEAD_MS = 2_000;

/** Where a subscription's frames go. `sendText` resolves once the frame has left the process's own buffer. */
export interface Outlet {
  send(message: ServerMessage): void;
  sendText(text: string): Promise<void>;
  readonly isOpen: boolean;
}

/** Asked anew after each wait: the type checker believes that the first answer still holds. */
const isAborted = (signal: AbortSignal): boolean => signal.aborted;

/** Several events in one frame, from texts that were encoded once for all watchers. */
export const framesOf = (id: string, events: readonly LiveEvent[], position: bigint): string =>
  `{"type":"events","id":${JSON.stringify(id)},"position":"${position}","events":[${events.map(({ json }) => json).join(",")}]}`;

export interface Subscription {
  /** A new snapshot under another filter; nothing of the old one follows it. */
  refilter(filter: Filter): void;
  /** Everything up to here was sent or did not match; undefined: it waits for its snapshot. */
  position(): bigint | undefined;
  stop(): void;
}

/** One subscription of one socket: a snapshot or a catch-up, then every matching event, in order, once. */
export const openSubscription = (options: {
  readonly id: string;
  readonly filter: Filter;
  /** Where to go on from; absent: a snapshot. */
  readonly after: bigint | undefined;
  readonly runtime: ServiceRuntime;
  readonly hub: Hub;
  readonly outlet: Outlet;
  readonly tell: (problem: ProblemError) => object;
}): Subscription => {
  const { id, after, runtime, hub, outlet, tell } = options;
  let matches = matcherOf(options.filter);
  let stopListening: () => void = () => undefined;
  /** Aborted by every new filter and by the end: a catch-up under way is no longer wanted, and reads no further. */
  let wanted = new AbortController();
  /** Everything up to here was sent or did not match; a batch that a snapshot already shows is passed over. */
  let sentUpTo = -1n;
  let isPlaced = after !== undefined;

  const deliver = (events: readonly LiveEvent[], position: bigint): void => {
    const fitting = events.filter((event) => event.position > sentUpTo && matches(event));
    sentUpTo = position > sentUpTo ? position : sentUpTo;
    if (fitting.length > 0) void outlet.sendText(framesOf(id, fitting, sentUpTo));
  };

  const startFromSnapshot = (filter: Filter): void => {
    const snapshot = snapshotOf(runtime.readModel, filter);
    sentUpTo = BigInt(snapshot.position);
    isPlaced = true;
    outlet.send({ type: "snapshot", id, ...snapshot });
    stopListening();
    stopListening = hub.listen(deliver);
  };

  /** One page of the log after `sentUpTo`, up to `head`. */
  const catchUpPage = async (head: bigint, own: AbortSignal): Promise<void> => {
    const page: LiveEvent[] = [];
    let last = head;
    let count = 0;
    const filter = { categories: SERVICE_CATEGORIES };
    const options = { after: sentUpTo, limit: CATCH_UP_PAGE, filter, signal: own };
    for await (const stored of runtime.kit.store.readAll(options)) {
      if (stored.position > head) break;
      count += 1;
      last = stored.position;
      const event = await encode(runtime.kit.decoder, runtime.kit.decoder.decode(stored));
      if (event && matches(event)) page.push(event);
    }
    if (own.aborted) return;
    sentUpTo = count < CATCH_UP_PAGE ? head : last;
    if (page.length > 0) await outlet.sendText(framesOf(id, page, sentUpTo));
  };

  /** Whether the log has come to where the watcher says that it was; a replica may have seen a little less. */
  const isReached = async (): Promise<boolean> =>
    sentUpTo <= hub.position() ||
    sentUpTo <= (await runtime.kit.store.head()) ||
    runtime.readModel.waitFor(sentUpTo, MAX_AHEAD_MS);

  const catchUp = async (own: AbortSignal): Promise<void> => {
    if (!(await isReached())) throw new ProblemError("position-unknown");
    if (own.aborted) return;
    const head = hub.position();
    if (sentUpTo < head) outlet.send({ type: "behind", id, position: String(sentUpTo), head: String(head) });
    while (sentUpTo < hub.position()) {
      if (!outlet.isOpen) return;
      await catchUpPage(hub.position(), own);
      if (isAborted(own)) return;
    }
    // No await since the comparison: the next batch comes by the listener.
    stopListening = hub.listen(deliver);
    outlet.send({ type: "caughtUp", id, position: String(sentUpTo) });
  };

  /** Tables that are still being opened say nothing of how far they are: a watcher waits for them. */
  const whenReady = (start: (own: AbortSignal) => void | Promise<void>): void => {
    wanted.abort();
    wanted = new AbortController();
    const own = wanted.signal;
    runtime.ready
      .then(() => (own.aborted ? undefined : start(own)))
      .catch((error: unknown) => {
        if (own.aborted) return;
        const problem = problemOf(error);
        if (problem.code !== "position-unknown") runtime.kit.log.error({ err: error }, "a watcher could not catch up");
        outlet.send({ type: "refused", id, problem: tell(problem) });
      });
  };

  if (after === undefined) whenReady(() => startFromSnapshot(options.filter));
  else {
    sentUpTo = after;
    whenReady(catchUp);
  }
  return {
    refilter(filter) {
      stopListening();
      matches = matcherOf(filter);
      whenReady(() => startFromSnapshot(filter));
    },
    position: () => (isPlaced ? sentUpTo : undefined),
    stop() {
      wanted.abort();
      stopListening();
    },
  };
};
