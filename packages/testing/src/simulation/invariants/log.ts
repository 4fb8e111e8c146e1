import { categoryOf, type DecodedEvent, type Decoder } from "@safar/contracts";
import { isAltered, type EventStore, type Position, type RecordedEvent } from "@safar/event-store";
import type { Verdict } from "../verdict.ts";
import { createLimits } from "./limits-of-the-domain.ts";
import { createReservations } from "./reservations.ts";

/** Reads the log along from outside and checks everything that can be seen of it alone. */
export interface LogAudit {
  /** Checks what is new; gives it. */
  look(): Promise<readonly RecordedEvent[]>;
  /** Every event so far. */
  readonly events: readonly DecodedEvent[];
  at(position: Position): DecodedEvent | undefined;
  /** What was reserved and is neither recorded nor taken back yet. */
  openReservations(): readonly string[];
}

export const createLogAudit = (store: EventStore, decoder: Decoder, verdict: Verdict): LogAudit => {
  const events: DecodedEvent[] = [];
  const byPosition = new Map<Position, DecodedEvent>();
  const revisions = new Map<string, number>();
  /** Stream and transaction to the append that recorded it. */
  const appends = new Map<string, number>();
  const limits = createLimits(verdict);
  const reservations = createReservations();
  let last = -1n;
  let lastTime = 0;
  let looks = 0;

  /** The id of every event but a parked one's is made of its bytes. */
  const bytes = (stored: RecordedEvent): void => {
    if (!categoryOf(stored.stream).endsWith("Parked") && isAltered(stored))
      verdict.broken(1, `${stored.stream} ${stored.revision} has other bytes than its id was made of`);
  };

  const order = ({ stream, revision, position, recordedAt }: RecordedEvent): void => {
    const expected = (revisions.get(stream) ?? -1) + 1;
    if (revision !== expected) verdict.broken(3, `${stream} goes on with revision ${revision} after ${expected - 1}`);
    if (position <= last) verdict.broken(3, `position ${position} comes after ${last}`);
    if (recordedAt < lastTime) verdict.broken(13, `${stream} ${revision} is older than the event before it`);
    revisions.set(stream, revision);
    last = position;
    lastTime = recordedAt;
  };

  /** What one transaction records in a stream, it records at once and never again. */
  const once = ({ stream, revision, meta }: DecodedEvent): void => {
    const key = `${stream} ${meta.transactionId}`;
    const earlier = appends.get(key);
    if (earlier !== undefined && earlier !== looks)
      verdict.broken(8, `${stream} ${revision}: transaction ${meta.transactionId} was done a second time`);
    appends.set(key, looks);
  };

  return {
    events,
    at: (position) => byPosition.get(position),
    openReservations: reservations.open,
    async look() {
      const fresh: RecordedEvent[] = [];
      looks += 1;
      for await (const stored of store.readAll({ after: last })) fresh.push(stored);
      for (const stored of fresh) {
        order(stored);
        bytes(stored);
        const event = decoder.decode(stored);
        once(event);
        limits.take(event);
        reservations.take(event);
        events.push(event);
        byPosition.set(event.position, event);
      }
      return fresh;
    },
  };
};
