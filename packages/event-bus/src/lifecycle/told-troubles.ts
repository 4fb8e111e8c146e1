import type { Environment } from "@safar/kernel";
import { GATHER_TROUBLES_MS } from "../limits.ts";
import type { BusLog, BusTrouble } from "../port.ts";

/**
 * What the operator is told of troubles that all durables of a process have at once: the beginning and the end, each in
 * one line with a count. A line for each durable would be more than a hundred for one restart of the broker.
 */
export interface ToldTroubles {
  /** @param why what the broker or the log said */
  begins(durable: string, kind: TroubleKind, why?: string): void;
  ends(durable: string, kind: TroubleKind): void;
  /** Tells nothing more. */
  close(): void;
}

export type TroubleKind = BusTrouble["kind"] | "log-away";

export const SENTENCES: Readonly<Record<TroubleKind, string>> = {
  missing: "the relay has not made these durables; they are waited for",
  changed: "somebody made these durables otherwise; nothing is taken of them until the relay has made them anew",
  unanswered: "no messages can be had; it is tried again",
  "log-away": "the log does not answer, so events are not handled; it is tried again",
};

interface Trouble {
  /** Durables that have it now. */
  readonly present: Set<string>;
  /** All that had it since it began. */
  readonly seen: Set<string>;
  readonly since: number;
  readonly why: string | undefined;
  isTold: boolean;
}

export const createToldTroubles = (options: {
  readonly environment: Environment;
  readonly log: BusLog;
}): ToldTroubles => {
  const { log, environment } = options;
  const { clock, timers } = environment;
  const troubles = new Map<TroubleKind, Trouble>();
  const pending = new Set<() => void>();

  const tellEnd = (kind: TroubleKind, { seen, since }: Trouble): void => {
    troubles.delete(kind);
    const forMs = Math.round(clock.monotonic() - since);
    log.warn({ kind, durables: seen.size, forMs }, `over: ${SENTENCES[kind]}`);
  };
  const tell = (kind: TroubleKind, trouble: Trouble): void => {
    trouble.isTold = true;
    const { seen, why } = trouble;
    const [example] = seen;
    log.warn({ kind, durables: seen.size, example, ...(why !== undefined && { reason: why }) }, SENTENCES[kind]);
    if (trouble.present.size === 0) tellEnd(kind, trouble);
  };
  const begin = (kind: TroubleKind, why: string | undefined): Trouble => {
    const trouble = {
      present: new Set<string>(),
      seen: new Set<string>(),
      since: clock.monotonic(),
      why,
      isTold: false,
    };
    troubles.set(kind, trouble);
    const cancel = timers.after(GATHER_TROUBLES_MS, () => {
      pending.delete(cancel);
      tell(kind, trouble);
    });
    pending.add(cancel);
    return trouble;
  };

  return {
    begins(durable, kind, why) {
      const { present, seen } = troubles.get(kind) ?? begin(kind, why);
      present.add(durable);
      seen.add(durable);
    },
    ends(durable, kind) {
      const trouble = troubles.get(kind);
      if (!trouble?.present.delete(durable)) return;
      if (trouble.present.size === 0 && trouble.isTold) tellEnd(kind, trouble);
    },
    close() {
      for (const cancel of pending) cancel();
      pending.clear();
    },
  };
};
