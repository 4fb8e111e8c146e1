import type { AppendResult, EventStore, EventToAppend, ExpectedRevision, RecordedEvent } from "@safar/event-store";
import type { ClearValues } from "./invariants/clear-values.ts";
import type { LogAudit } from "./invariants/log.ts";
import type { Verdict } from "./verdict.ts";

/** One append as a process asked for it. */
export interface Attempt {
  readonly by: string;
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

/** Stands beside the log and sees what really becomes of each append. */
export interface Witness {
  /** @param asked of how many events the whole append was, where it comes in parts */
  append(attempt: Attempt, asked?: number): Promise<AppendResult>;
  /** Looks what the log is like after something was done to it. */
  watch(attempt: Attempt, work: () => Promise<AppendResult>, asked?: number): Promise<AppendResult>;
  /** The process has heard that it is stored. */
  acknowledged(attempt: Attempt, result: AppendResult): void;
  /** The last position that it has seen. */
  head(): bigint;
  /** Everything that was acknowledged is there, byte for byte. */
  verify(): Promise<void>;
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0;

const isEvent = (asked: EventToAppend, stored: RecordedEvent | undefined): boolean =>
  stored !== undefined &&
  stored.id === asked.id &&
  stored.type === asked.type &&
  isSame(stored.data, asked.data) &&
  isSame(stored.metadata, asked.metadata);

const firstOf = (expected: ExpectedRevision): number => (expected === "no-stream" ? 0 : expected + 1);

export const createWitness = (store: EventStore, audit: LogAudit, values: ClearValues, verdict: Verdict): Witness => {
  const promised: { readonly attempt: Attempt; readonly result: AppendResult }[] = [];

  /** All of it or nothing, at the revision that was expected. */
  const judge = ({ by, stream, expected, events }: Attempt, stored: readonly RecordedEvent[], asked: number): void => {
    if (stored.length === 0) return;
    if (stored.length !== asked || stored.some((event, index) => !isEvent(events[index]!, event)))
      verdict.broken(2, `${by} appended ${asked} events to ${stream}, ${stored.length} of them were stored`);
    if (stored[0]?.revision !== firstOf(expected))
      verdict.broken(
        4,
        `${by} expected ${stream} at ${expected}, and its events were stored at ${stored[0]?.revision ?? "no revision"}`,
      );
  };

  const watch: Witness["watch"] = async (attempt, work, asked = attempt.events.length) => {
    try {
      return await work();
    } finally {
      judge(attempt, await audit.look(), asked);
      await values.catchUp();
    }
  };

  return {
    watch,
    append: (attempt, asked) =>
      watch(attempt, () => store.append(attempt.stream, attempt.expected, attempt.events), asked),
    acknowledged: (attempt, result) => void promised.push({ attempt, result }),
    head: () => audit.events.at(-1)?.position ?? -1n,
    async verify() {
      for (const { attempt, result } of promised) {
        const { by, stream, events } = attempt;
        const from = result.revision - events.length + 1;
        const stored: RecordedEvent[] = [];
        for await (const event of store.readStream(stream, { from: Math.max(0, from), limit: events.length }))
          stored.push(event);
        if (events.some((event, index) => !isEvent(event, stored[index])))
          verdict.broken(1, `${by} was told that ${stream} has its events up to ${result.revision}, and it has not`);
      }
    },
  };
};
