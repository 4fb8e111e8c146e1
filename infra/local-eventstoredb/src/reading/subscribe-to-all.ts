import type { Position, RecordedEvent } from "@safar/event-store";
import { handlerFailure, type Failure } from "../failures.ts";
import { positionMessage } from "../positions.ts";
import { filterOf, type Filter } from "./filters.ts";
import { createDelivery, type Delivery } from "./live-delivery.ts";
import { startOf, type Start } from "./read-all.ts";
import { readEvent, uuidWriter, type WriteUuid } from "./read-event.ts";
import type { Reading } from "./read.ts";

/** A subscriber of the whole log: what passes the filter, and from time to time how far it has come. */
const follower = (delivery: Delivery, writeUuid: WriteUuid, filter: Filter | undefined) => {
  let considered = 0;
  return async (event: RecordedEvent): Promise<void> => {
    if (filter === undefined || filter.passes(event)) await delivery.send(readEvent(event, writeUuid));
    considered += 1;
    if (filter === undefined || considered < filter.checkpointInterval) return;
    considered = 0;
    await delivery.send({ checkpoint: positionMessage(event.position) });
  };
};

/** Strictly after a position; one that the log has not reached is the end, as on EventStoreDB. */
const afterOf = (start: Start): Position | "start" | "end" => (start === "beyond" ? "end" : start);

export const subscribeToAll = async (reading: Reading): Promise<Failure | undefined> => {
  const { store, environment, options, out, liveGraceMs } = reading;
  const filter = options.filterOption === "filter" ? filterOf(options.filter ?? {}) : undefined;
  if (filter !== undefined && "code" in filter) return filter;
  const start = startOf(options, await store.head());
  if (start === undefined) return handlerFailure();
  const delivery = createDelivery({ out, timers: environment.timers, liveGraceMs });
  const { signal } = delivery;
  const follow = follower(delivery, uuidWriter(options.uuidOption), filter);
  // Begun before the confirmation: what is appended once the client has that is seen.
  const messages = store.subscribe({ after: afterOf(start), signal });
  await delivery.send({ confirmation: { subscriptionId: environment.random.uuid() } });
  for await (const message of messages) {
    if (message.kind === "caughtUp") {
      await delivery.send({ caughtUp: {} });
      delivery.goLive();
      continue;
    }
    for (const event of message.events) {
      if (signal.aborted) break;
      await follow(event);
    }
  }
  return delivery.failure();
};
