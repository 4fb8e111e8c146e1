import { StreamError, type Delivery, type DurableReader, type StoredMessage } from "../lifecycle/port.ts";
import { streamOf, type Broker } from "./broker-state.ts";
import type { MemoryDurable } from "./durable.ts";
import type { Link } from "./link.ts";

/** How long one request for a message waits at the broker. */
const REQUEST_MS = 5_000;

/** A consumer's side of the model. */
export const createMemoryReader = (broker: Broker, link: Link): DurableReader => {
  const { timers } = broker.environment;
  const closing = new AbortController();

  const find = (name: string): MemoryDurable => {
    streamOf(broker);
    const durable = broker.durables.get(name);
    if (!durable) throw new StreamError("no-durable", `there is no durable ${name}`);
    return durable;
  };

  /** Answers are for the durable that handed it out: another of the same name knows nothing of it. */
  const deliveryOf = (durable: MemoryDurable, message: StoredMessage): Delivery => ({
    ...message,
    ack: () => link.tell("ack", () => durable.ack(message.sequence)),
    working: () => link.tell("ack", () => durable.working(message.sequence)),
    release: () => link.tell("ack", () => durable.release(message.sequence)),
  });

  /** Waits at the broker for a message; the request ends by itself. */
  const wait = (durable: MemoryDurable, ending: AbortSignal): Promise<StoredMessage | undefined> =>
    new Promise((resolve) => {
      const end = (message?: StoredMessage): void => {
        cancel();
        giveUp();
        ending.removeEventListener("abort", stop);
        resolve(message);
      };
      const stop = (): void => end();
      let giveUp = (): void => undefined;
      const cancel = timers.after(REQUEST_MS, stop);
      ending.addEventListener("abort", stop, { once: true });
      giveUp = durable.ask(end);
    });

  const next = async (name: string, signal: AbortSignal): Promise<Delivery | undefined> => {
    const ending = AbortSignal.any([signal, closing.signal]);
    const isEnding = (): boolean => ending.aborted;
    if (isEnding()) return undefined;
    const durable = await link.exchange("pull", () => find(name));
    if (isEnding()) return undefined;
    const message = await wait(durable, ending);
    // What it waited for at a broker that was killed, or whose data is gone, never comes.
    if (!message || !(await link.bring("deliver")) || broker.durables.get(name) !== durable) return undefined;
    const delivery = deliveryOf(durable, message);
    if (!isEnding()) return delivery;
    delivery.release();
    return undefined;
  };

  return {
    next,
    durable: (name) => link.exchange("manage", () => broker.durables.get(name)?.state()),
    connection: () => ({ isConnected: broker.isUp, denied: 0 }),
    check: () => link.exchange("manage", () => void streamOf(broker)),
    async close() {
      closing.abort();
    },
  };
};
