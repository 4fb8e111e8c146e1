import { decodeWith, type DecodedEvent } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { parkedContractsOf, type Reactor } from "../src/index.ts";
import { decoder, journey } from "./journeys.ts";
import { openReacting, type Spoil } from "./reacting.ts";

/** What a service parked, and an administrator's request to release it. */

export const parkedStream = async (store: EventStore, id: string): Promise<DecodedEvent[]> => {
  const events: DecodedEvent[] = [];
  for await (const stored of store.readStream(`visaDocsParked-${id}`))
    events.push(decodeWith(parkedContractsOf("visa-docs"), stored));
  return events;
};

/** `EventParked 1`, `ParkedEventReleased 1`: what was parked, by the word its event has. */
export const parkedWords = async (store: EventStore, id: string): Promise<string[]> => {
  const words = new Map<string, string>();
  for await (const stored of store.readAll({ filter: { categories: ["journey", "training", "course"] } }))
    words.set(stored.id, String(decoder.decode(stored).data["to"]));
  return (await parkedStream(store, id)).map(({ type, data }) => `${type} ${words.get(String(data["eventId"]))}`);
};

let requests = 0;
/** As an administrator asks; each time anew, unless the transaction of before is given. */
export const replay = (reactor: Reactor, id: string, transactionId = `request ${(requests += 1)}`) =>
  reactor.replayParked(id, {
    actor: { id: "admin", role: "admin", kind: "human" },
    transactionId,
    occurredAt: "2026-02-16T09:00:00.000Z",
  });

/** Fails for one event, each time it comes. */
export const poison =
  (stream: string, to: string): Spoil =>
  (event) =>
    event.stream === stream && event.data["to"] === to ? new TypeError("cannot take it") : undefined;

/** A service that has parked these events of one case, and would fail at the first of them again. */
export const openParked = async (store: EventStore, ...words: readonly [string, ...string[]]) => {
  const spoil = { current: poison("journey-a", words[0]) };
  const reacting = openReacting(store, spoil);
  await reacting.write(...journey("a", ...words));
  await reacting.handled.untilSeen(words.length);
  return {
    ...reacting,
    fail: (how: Spoil): void => void (spoil.current = how),
    /** From now on nothing fails. */
    mend: (): void => void (spoil.current = () => undefined),
  };
};
