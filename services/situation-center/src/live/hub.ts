import type { DecodedEvent, Decoder } from "@safar/contracts";
import { wireEvent, type ServiceRuntime } from "@safar/service-kit";
import type { Filterable } from "./filter.ts";

/** An event as every watcher gets it: encoded once, personal fields taken out. */
export interface LiveEvent extends Filterable {
  readonly position: bigint;
  readonly json: string;
}

/** Encodes an event for the live stream; undefined for what is private to its service. */
export const encode = async (decoder: Decoder, event: DecodedEvent): Promise<LiveEvent | undefined> => {
  if (decoder.contractOf(event)?.isPublished !== true) return undefined;
  const { event: wire } = await wireEvent(decoder, event, undefined);
  const { region, destination, service, caseId } = event.meta;
  return {
    position: event.position,
    region,
    destination,
    service,
    caseId,
    type: event.type,
    json: JSON.stringify(wire),
  };
};

export type Listener = (events: readonly LiveEvent[], position: bigint) => void;

/** Hands each batch that the read model has applied to every live subscription, in the log's order. */
export const createHub = ({ kit, readModel }: ServiceRuntime) => {
  const listeners = new Set<Listener>();
  /** Undefined before the first batch of this process: then the tables stand where an earlier one has left them. */
  let handedOut: bigint | undefined;
  let tail: Promise<void> = Promise.resolve();

  const publish = async (events: readonly DecodedEvent[], upTo: bigint): Promise<void> => {
    const encoded = await Promise.all(events.map((event) => encode(kit.decoder, event)));
    const published = encoded.filter((event) => event !== undefined);
    handedOut = upTo;
    for (const listener of [...listeners]) listener(published, upTo);
  };
  // One after the other: encoding awaits, and a later batch must not overtake an earlier one.
  const stopFollowing = readModel.onApplied((events, upTo) => {
    tail = tail
      .then(() => publish(events, upTo))
      .catch((error: unknown) => {
        kit.log.error({ err: error }, "a batch could not be brought to the watchers");
      });
  });
  return {
    /** Everything up to here was handed out, or before anybody could listen. */
    position: () => handedOut ?? readModel.position(),
    /** From the next batch on. Call and read `position` without an await in between. */
    listen(listener: Listener): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: stopFollowing,
  };
};
export type Hub = ReturnType<typeof createHub>;
