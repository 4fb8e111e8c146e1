import type { LifecycleStream } from "../lifecycle/port.ts";
import { fenceHeaders } from "../lifecycle/message.ts";
import { streamOf, type Broker } from "./broker-state.ts";
import type { Link } from "./link.ts";

/** The relay's side of the model. */
export const createMemoryStream = (broker: Broker, link: Link): LifecycleStream => {
  const manage = <T>(work: () => T): Promise<T> => link.exchange("manage", work);
  return {
    state: () =>
      manage(() => {
        const { messages } = broker;
        if (!messages) return undefined;
        const { created, purged, all } = messages;
        return { created, lastSequence: purged + all.length, messages: all.length };
      }),
    ensure: () => manage(() => void (broker.messages ??= broker.makeMessages())),
    remove: () =>
      manage(() => {
        broker.messages = undefined;
        broker.durables.clear();
      }),
    lastMessage: () => manage(() => streamOf(broker).all.at(-1)),
    message: (sequence) => manage(() => streamOf(broker).all.find((message) => message.sequence === sequence)),
    publish: ({ id, subject, headers }, { lastSequence, lastId }) =>
      link.exchange("publish", () => {
        const all = { ...headers, ...fenceHeaders(id, lastSequence, lastId) };
        const stored = streamOf(broker).store(subject, all);
        broker.pumpAll();
        return stored;
      }),
    durables: () => manage(() => [...broker.durables.values()].map((durable) => durable.state())),
    putDurable: (spec) =>
      manage(() => {
        streamOf(broker);
        const there = broker.durables.get(spec.name);
        if (there) there.change(spec);
        else broker.durables.set(spec.name, broker.makeDurable(spec));
      }),
    removeDurable: (name) => manage(() => void broker.durables.delete(name)),
  };
};
