import type { Environment } from "@safar/kernel";
import { isStreamError, type DurableReader, type LifecycleStream, type StoredMessage } from "../lifecycle/port.ts";
import type { Broker } from "./broker-state.ts";
import { createDurable } from "./durable.ts";
import { NO_FAULTS, type MemoryFaults } from "./faults.ts";
import { createLink } from "./link.ts";
import { createMessages } from "./messages.ts";
import { createMemoryReader } from "./reader.ts";
import { createMemoryStream } from "./stream.ts";

/**
 * A model of JetStream for tests and the simulation, with what makes it dangerous: it knows repeats only within its
 * window and looks for them before the fence, loses acknowledgements when it is killed, and hands out again what
 * nobody acknowledged in time. It does nothing but in virtual time.
 */
export interface MemoryJetStream {
  /** For one relay: a connection of its own. */
  openStream(): LifecycleStream;
  /** For one process with consumers: a connection of its own. */
  openReader(): DurableReader;
  /** Kills the broker. What is under way is not answered. @param lostAcks so many last ones of each durable are forgotten */
  kill(lostAcks?: number): void;
  start(): void;
  readonly isUp: boolean;
  /** While it is down: all its data is gone. */
  wipe(): void;
  /** While it is down: the stream as it was when it ended at this sequence. @param withDurables so are they */
  restore(sequence: number, withDurables: boolean): void;
  /** Somebody who may removes every message. */
  purge(): void;
  /** Somebody else's message, with any headers. */
  putForeign(subject: string, headers?: Readonly<Record<string, string>>): void;
  /** Messages that it has room for. */
  setQuota(messages: number): void;
  messages(): readonly StoredMessage[];
}

export interface MemoryJetStreamOptions {
  readonly environment: Environment;
  /** How long ids of messages are known. Default: 120 s. */
  readonly duplicateWindowMs?: number;
  readonly faults?: MemoryFaults;
}

const DUPLICATE_WINDOW_MS = 120_000;

const createBroker = (environment: Environment, windowMs: number, hasRoom: (messages: number) => boolean): Broker => {
  const { clock, timers } = environment;
  let made = 0;
  const broker: Broker = {
    environment,
    durables: new Map(),
    messages: undefined,
    isUp: true,
    kills: 0,
    makeMessages() {
      made += 1;
      const created = `${new Date(clock.now()).toISOString()} ${made}`;
      return createMessages({ created, clock, windowMs, isFull: (messages) => !hasRoom(messages) });
    },
    makeDurable: (spec) => createDurable({ spec, messages: () => broker.messages?.all ?? [], clock, timers }),
    pumpAll() {
      for (const durable of broker.durables.values()) durable.pump();
    },
  };
  return broker;
};

export const createMemoryJetStream = (options: MemoryJetStreamOptions): MemoryJetStream => {
  const { environment, duplicateWindowMs = DUPLICATE_WINDOW_MS, faults = NO_FAULTS } = options;
  let quota = Infinity;
  const broker = createBroker(environment, duplicateWindowMs, (messages) => messages < quota);
  return {
    openStream: () => createMemoryStream(broker, createLink(broker, faults)),
    openReader: () => createMemoryReader(broker, createLink(broker, faults)),
    kill(lostAcks = 0) {
      broker.isUp = false;
      broker.kills += 1;
      for (const durable of broker.durables.values()) {
        durable.cutOff();
        const lost = lostAcks > 0 ? (durable.acknowledged.at(-lostAcks) ?? durable.acknowledged[0]) : undefined;
        if (lost !== undefined) durable.goBackTo(lost - 1);
      }
    },
    start() {
      broker.isUp = true;
      broker.messages?.forget();
      broker.pumpAll();
    },
    get isUp() {
      return broker.isUp;
    },
    wipe() {
      broker.messages = undefined;
      broker.durables.clear();
    },
    restore(sequence, withDurables) {
      broker.messages?.cutAt(sequence);
      if (withDurables) for (const durable of broker.durables.values()) durable.goBackTo(sequence);
    },
    purge: () => broker.messages?.purge(),
    putForeign(subject, headers = {}) {
      try {
        broker.messages?.store(subject, headers);
      } catch (error) {
        if (!isStreamError(error, "fence") && !isStreamError(error, "full")) throw error;
      }
      broker.pumpAll();
    },
    setQuota: (messages) => (quota = messages),
    messages: () => broker.messages?.all ?? [],
  };
};
