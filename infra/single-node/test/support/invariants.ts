import { categoryOf, type Decoder, type DecodedEvent } from "@safar/contracts";
import { indexInTransaction, type EventStore } from "@safar/event-store";
import type { RunningProcess } from "@safar/service-kit";
import { verifyReadModel } from "@safar/read-model";
import type { Test } from "tap";

/** An event of the log, and which of its transaction in its stream it is: none of a parked one is known. */
export type LoggedEvent = DecodedEvent & { readonly index: number | undefined };

/** The whole log. @throws where an event has other bytes than its id was made of; a parked event's is made otherwise */
export const readLog = async (store: EventStore, decoder: Decoder): Promise<LoggedEvent[]> => {
  const events: LoggedEvent[] = [];
  for await (const stored of store.readAll()) {
    const index = indexInTransaction(stored);
    if (index === undefined && !categoryOf(stored.stream).endsWith("Parked"))
      throw new Error(`${stored.stream} ${stored.revision} is not what was recorded`);
    events.push({ ...decoder.decode(stored), index });
  }
  return events;
};

const grouped = (events: readonly LoggedEvent[], keyOf: (event: LoggedEvent) => string): LoggedEvent[][] => [
  ...Map.groupBy(events, keyOf).values(),
];

/** What a reservation takes back, it takes back under the transaction that made it. */
const isTakenBack = ({ type }: DecodedEvent): boolean => /Released$|^JourneyClosed$|^ReservationGivenUp$/.test(type);

/** Positions grow, revisions are dense, no event stands twice, and each transaction was decided once a stream. */
export const checkLog = (t: Test, events: readonly LoggedEvent[]): void => {
  t.ok(
    events.every(({ position }, index) => index === 0 || position > events[index - 1]!.position),
    "positions grow",
  );
  t.equal(new Set(events.map(({ id }) => id)).size, events.length, "no event stands twice");
  const gaps = grouped(events, ({ stream }) => stream).filter((stream) =>
    stream.some(({ revision }, index) => revision !== index),
  );
  t.same(gaps, [], "revisions are dense");
  const twice = grouped(
    events.filter((event) => event.index !== undefined && !isTakenBack(event)),
    ({ stream, meta }) => `${stream} ${meta.transactionId}`,
  )
    .filter((own) => own.some(({ index }, place) => index !== place))
    .map((own) => own.map(({ stream, type, revision, meta }) => ({ stream, type, revision, id: meta.transactionId })));
  t.same(twice, [], "each transaction was decided once");
};

/** No table of any service differs from the fold of the log. */
export const checkReadModels = async (t: Test, { kit, node }: RunningProcess): Promise<void> => {
  for (const { definition, projections, readModel } of node.runtimes) {
    const { store, decoder } = kit;
    t.same(
      await verifyReadModel({ store, decoder, projections, readModel }),
      [],
      `${definition.name}'s tables are the fold of the log`,
    );
  }
};
