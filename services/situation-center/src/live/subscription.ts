import { ProblemError, type ServiceRuntime } from "@safar/service-kit";
import { SERVICE_CATEGORIES } from "../projections/case-lives.ts";
import { matcherOf, type Filter } from "./filter.ts";
import { encode, type Hub, type LiveEvent } from "./hub.ts";
import type { ServerMessage } from "./protocol.ts";
import { snapshotOf } from "./snapshot.ts";

/** Log events read at a time while a watcher catches up. */
const CATCH_UP_PAGE = 500;

/** Where a subscription's frames go. `sendText` resolves once the frame has left the process's own buffer. */
export interface Outlet {
  send(message: ServerMessage): void;
  sendText(text: string): Promise<void>;
  readonly isOpen: boolean;
}

/** Several events in one frame, from texts that were encoded once for all watchers. */
export const framesOf = (id: string, events: readonly LiveEvent[], position: bigint): string =>
  `{"type":"events","id":${JSON.stringify(id)},"position":"${position}","events":[${events.map(({ json }) => json).join(",")}]}`;

export interface Subscription {
  /** A new snapshot under another filter; nothing of the old one follows it. */
  refilter(filter: Filter): void;
  /** The last position that it was told. */
  position(): bigint;
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
  /** Raised by every new filter and by the end, so that a catch-up under way sees that it is no longer wanted. */
  let generation = 0;
  /** Everything up to here was sent or did not match; a batch that a snapshot already shows is passed over. */
  let sentUpTo = -1n;

  const deliver = (events: readonly LiveEvent[], position: bigint): void => {
    const fitting = events.filter((event) => event.position > sentUpTo && matches(event));
    sentUpTo = position > sentUpTo ? position : sentUpTo;
    if (fitting.length > 0) void outlet.sendText(framesOf(id, fitting, sentUpTo));
  };

  const startFromSnapshot = (filter: Filter): void => {
    const snapshot = snapshotOf(runtime.readModel, filter);
    sentUpTo = BigInt(snapshot.position);
    outlet.send({ type: "snapshot", id, ...snapshot });
    stopListening();
    stopListening = hub.listen(deliver);
  };

  /** One page of the log after `sentUpTo`, up to `head`. */
  const catchUpPage = async (head: bigint, own: number): Promise<void> => {
    const page: LiveEvent[] = [];
    let last = head;
    let count = 0;
    const filter = { categories: SERVICE_CATEGORIES };
    for await (const stored of runtime.kit.store.readAll({ after: sentUpTo, limit: CATCH_UP_PAGE, filter })) {
      if (stored.position > head) break;
      count += 1;
      last = stored.position;
      const event = await encode(runtime.kit.decoder, runtime.kit.decoder.decode(stored));
      if (event && matches(event)) page.push(event);
    }
    if (own !== generation) return;
    sentUpTo = count < CATCH_UP_PAGE ? head : last;
    if (page.length > 0) await outlet.sendText(framesOf(id, page, sentUpTo));
  };

  const catchUp = async (own: number): Promise<void> => {
    const head = hub.position();
    if (sentUpTo < head) outlet.send({ type: "behind", id, position: String(sentUpTo), head: String(head) });
    while (sentUpTo < hub.position()) {
      if (!outlet.isOpen) return;
      await catchUpPage(hub.position(), own);
      if (own !== generation) return;
    }
    // No await since the comparison: the next batch comes by the listener.
    stopListening = hub.listen(deliver);
    outlet.send({ type: "caughtUp", id, position: String(sentUpTo) });
  };

  /** Tables that are still being opened say nothing of how far they are: a watcher waits for them. */
  const whenReady = (start: (own: number) => void | Promise<void>): void => {
    generation += 1;
    const own = generation;
    runtime.ready
      .then(() => (own === generation ? start(own) : undefined))
      .catch((error: unknown) => {
        if (own !== generation) return;
        runtime.kit.log.error({ err: error }, "a watcher could not catch up");
        outlet.send({ type: "refused", id, problem: tell(new ProblemError("log-unavailable")) });
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
    position: () => sentUpTo,
    stop() {
      generation += 1;
      stopListening();
    },
  };
};
