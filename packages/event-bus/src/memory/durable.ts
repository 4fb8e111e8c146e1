import type { Clock, Timers } from "@safar/kernel";
import type { DurableSpec, DurableState, StoredMessage } from "../lifecycle/port.ts";
import { matches } from "../lifecycle/subjects.ts";

/** One durable: what was handed out, what of it waits for its acknowledgement, who waits for a message. */
export interface MemoryDurable {
  readonly spec: DurableSpec;
  state(): DurableState;
  /** Everything but the filter may change. */
  change(spec: DurableSpec): void;
  /** The next message for a waiting request, at most one; the returned function gives the place up. */
  ask(receive: (message: StoredMessage) => void): () => void;
  /** Hands out what can be. Called whenever something has changed. */
  pump(): void;
  ack(sequence: number): void;
  working(sequence: number): void;
  release(sequence: number): void;
  /** Requests that wait end without an answer: their connections are cut. */
  cutOff(): void;
  /** As it was when it had come so far: what follows is handed out again. */
  goBackTo(sequence: number): void;
  /** The last acknowledged messages, newest last. */
  readonly acknowledged: readonly number[];
}

/** Acknowledgements that are remembered, so that a kill can lose some of the last. */
const REMEMBERED_ACKS = 1_000;

/** The sequences that a filter takes, found once. */
const createIndex = (filter: string, messages: () => readonly StoredMessage[]) => {
  let sequences: number[] = [];
  let seen = 0;
  return (): readonly number[] => {
    const all = messages();
    if (all.length < seen) {
      sequences = [];
      seen = 0;
    }
    for (; seen < all.length; seen += 1) {
      const message = all[seen];
      if (message && matches(filter, message.subject)) sequences.push(message.sequence);
    }
    return sequences;
  };
};

export const createDurable = (options: {
  readonly spec: DurableSpec;
  /** Never removed from its front. */
  readonly messages: () => readonly StoredMessage[];
  readonly clock: Clock;
  readonly timers: Timers;
}): MemoryDurable => {
  const { messages, clock, timers } = options;
  const mine = createIndex(options.spec.filter, messages);
  let spec = options.spec;
  /** Sequence up to which all were handed out once. In a stream that is an older one it may be past the end. */
  let delivered = 0;
  /** When a message that was handed out is handed out again, by sequence. */
  const due = new Map<number, number>();
  let asking: { readonly receive: (message: StoredMessage) => void }[] = [];
  let acknowledged: number[] = [];

  /** How many of its messages are behind it. */
  const handedOut = (): number => {
    const sequences = mine();
    let [low, high] = [0, sequences.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sequences[middle] ?? 0) <= delivered) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const at = (sequence: number | undefined): StoredMessage | undefined => {
    const all = messages();
    return sequence === undefined ? undefined : all[sequence - (all[0]?.sequence ?? 1)];
  };
  const expired = (): StoredMessage | undefined => {
    const now = clock.now();
    const sequences = [...due].filter(([, when]) => when <= now).map(([sequence]) => sequence);
    return sequences.length > 0 ? at(Math.min(...sequences)) : undefined;
  };
  const fresh = (): StoredMessage | undefined => {
    const message = due.size < spec.pending ? at(mine()[handedOut()]) : undefined;
    if (message) delivered = message.sequence;
    return message;
  };
  const hold = (sequence: number): void => {
    due.set(sequence, clock.now() + spec.ackWaitMs);
    timers.after(spec.ackWaitMs, pump);
  };
  const pump = (): void => {
    for (let taker = asking[0]; taker; taker = asking[0]) {
      const message = expired() ?? fresh();
      if (!message) return;
      asking = asking.slice(1);
      hold(message.sequence);
      taker.receive(message);
    }
  };

  return {
    get spec() {
      return spec;
    },
    get acknowledged() {
      return acknowledged;
    },
    state: () => ({
      spec,
      strange: [],
      delivered,
      waiting: mine().length - handedOut(),
      unacknowledged: due.size,
    }),
    change: (changed) => (spec = { ...changed, filter: spec.filter }),
    ask(receive) {
      const place = { receive };
      asking.push(place);
      pump();
      return () => {
        asking = asking.filter((each) => each !== place);
      };
    },
    pump,
    ack(sequence) {
      if (!due.delete(sequence)) return;
      acknowledged = [...acknowledged.slice(-REMEMBERED_ACKS), sequence];
      pump();
    },
    working(sequence) {
      if (due.has(sequence)) hold(sequence);
    },
    release(sequence) {
      if (due.has(sequence)) due.set(sequence, clock.now());
      pump();
    },
    cutOff: () => (asking = []),
    goBackTo(sequence) {
      for (const each of due.keys()) if (each > sequence) due.delete(each);
      acknowledged = acknowledged.filter((each) => each <= sequence);
      delivered = Math.min(delivered, sequence);
      pump();
    },
  };
};
