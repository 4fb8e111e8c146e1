import type { Delivery, DurableReader, LifecycleStream } from "@safar/event-bus";
import { never, type Incarnation } from "./incarnation.ts";

/** Connections to the broker that end with the process that holds them. */

/** What a process that is no more asked for never comes, and what it would say is not heard. */
export const heldBy = (from: Incarnation, { next, ...reader }: DurableReader): DurableReader => {
  const delivered = (delivery: Delivery): Delivery => ({
    ...delivery,
    ack: () => from.isAlive && delivery.ack(),
    working: () => from.isAlive && delivery.working(),
    release: () => from.isAlive && delivery.release(),
  });
  const alive = <T>(value: T): T | Promise<never> => (from.isAlive ? value : never());
  return {
    ...reader,
    async next(durable, signal) {
      if (!from.isAlive) return never();
      const delivery = await alive(await next(durable, AbortSignal.any([signal, from.crashed])));
      return delivery && delivered(delivery);
    },
    durable: async (name, signal) => alive(await reader.durable(name, signal)),
  };
};

/** Every call of a relay that is no more stays without effect and without answer. */
export const usedBy = (from: Incarnation, stream: LifecycleStream): LifecycleStream => {
  const isGone = (): boolean => !from.isAlive;
  const guarded = async <T>(call: () => Promise<T>): Promise<T> => {
    if (isGone()) return never();
    try {
      return await call();
    } finally {
      // A crash overtakes the answer, whatever it is.
      if (isGone()) await never();
    }
  };
  return {
    state: () => guarded(() => stream.state()),
    ensure: () => guarded(() => stream.ensure()),
    remove: () => guarded(() => stream.remove()),
    lastMessage: () => guarded(() => stream.lastMessage()),
    message: (sequence) => guarded(() => stream.message(sequence)),
    publish: (message, expected) => guarded(() => stream.publish(message, expected)),
    durables: () => guarded(() => stream.durables()),
    putDurable: (spec) => guarded(() => stream.putDurable(spec)),
    removeDurable: (name) => guarded(() => stream.removeDurable(name)),
  };
};
