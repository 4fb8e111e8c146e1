import type { Logger } from "pino";
import type { Decoder } from "@safar/contracts";
import {
  createLifecycleBus,
  createMemoryJetStream,
  durablesOf,
  referenceOf,
  runRelay,
  subscriberDurable,
  type DurableReader,
  type EventBus,
  type MemoryJetStream,
} from "@safar/event-bus";
import type { EventStore } from "@safar/event-store";
import type { ServiceDefinition } from "@safar/service-kit";
import { decoderWithBug } from "./bugs/privacy.ts";
import { durablesWithBug, streamWithBug } from "./bugs/streams.ts";
import type { Chance } from "./chance.ts";
import type { Crashable } from "./crashable.ts";
import { BAD_DAY } from "./faults.ts";
import { createEnvironment, createIncarnation, type Incarnation } from "./incarnation.ts";
import type { LogAudit } from "./invariants/log.ts";
import type { Subscribers } from "./invariants/subscribers.ts";
import { createLogLink } from "./log-link.ts";
import { heldBy, usedBy } from "./stream-connections.ts";
import type { Surroundings } from "./surroundings.ts";

/** The cluster's way of a published event: relays, the broker, and a program outside that subscribes. */
export interface StreamBus {
  readonly broker: MemoryJetStream;
  /** Two relays and the subscriber. */
  readonly processes: readonly Crashable[];
  busOf(from: Incarnation, store: EventStore): EventBus;
}

export interface StreamBusOptions {
  readonly surroundings: Surroundings;
  readonly services: readonly ServiceDefinition[];
  readonly decoder: Decoder;
  readonly chance: Chance;
  readonly audit: LogAudit;
  readonly subscribers: Subscribers;
  readonly log: Logger;
  readonly skewOf: (name: string) => number;
}

const SUBSCRIBER = "subscriber";
const RELAYS = ["relay 1", "relay 2"];
/** How long the broker knows an id: from less than an outage takes to more than a run. */
const DUPLICATE_WINDOWS_MS = [1_000, 10_000, 120_000];
const RETRY_MS = 200;

/** A process with nothing in it but one piece of work. */
const processOf = (options: StreamBusOptions, name: string, work: (from: Incarnation) => void): Crashable => {
  const { schedule, chance } = options.surroundings;
  let lives = 0;
  let incarnation: Incarnation | undefined;
  return {
    name,
    start() {
      lives += 1;
      incarnation = createIncarnation({ name, life: lives, schedule, chance, skew: () => options.skewOf(name) });
      work(incarnation);
    },
    crash: () => incarnation?.crash(),
  };
};

/** A program outside with one durable for everything; it acknowledges what it has taken, and only then. */
const subscribe = (
  { audit, subscribers, surroundings }: StreamBusOptions,
  reader: DurableReader,
  from: Incarnation,
) => {
  const take = async (): Promise<void> => {
    const delivery = await reader.next(SUBSCRIBER, from.crashed);
    const reference = delivery && referenceOf(delivery);
    const event = reference && audit.at(reference.position);
    if (event?.id === reference?.id && event) {
      surroundings.schedule.trace.note(`${SUBSCRIBER} took ${event.position}`);
      subscribers.taken(SUBSCRIBER, event);
    }
    delivery?.ack();
  };
  const work = async (): Promise<void> => {
    while (from.isAlive) await take().catch(() => from.environment.timers.sleep(RETRY_MS));
  };
  void work();
};

export const createStreamBus = (options: StreamBusOptions): StreamBus => {
  const { surroundings, services, decoder, chance, subscribers, log } = options;
  const { schedule, faults } = surroundings;
  const environment = createEnvironment(schedule, chance.fork("broker"), { name: "broker", isAlive: true }, () => 0);
  const broker = createMemoryJetStream({
    environment,
    duplicateWindowMs: chance.pick(DUPLICATE_WINDOWS_MS),
    faults: {
      fate() {
        const { fate } = faults.deliver(BAD_DAY);
        return fate === "request-lost" || fate === "answer-lost" ? fate : "ok";
      },
      delay: () => faults.deliver(BAD_DAY).there,
    },
  });
  const reacting = services.filter(({ reactions = [] }) => reactions.length > 0);
  const durables = durablesWithBug(surroundings, [
    ...reacting.flatMap(({ name }) => durablesOf(`${name}-reactions`)),
    subscriberDurable(SUBSCRIBER),
  ]);
  subscribers.subscribed({ durable: SUBSCRIBER, categories: decoder.categories, types: "all" });

  const relay = (from: Incarnation): void => {
    const store = createLogLink(surroundings, from);
    const stream = usedBy(from, streamWithBug(surroundings, broker, broker.openStream()));
    runRelay({
      store,
      decoder: decoderWithBug(surroundings, from.name, decoder),
      stream,
      durables,
      environment: from.environment,
      log,
      signal: from.crashed,
    });
  };
  return {
    broker,
    processes: [
      ...RELAYS.map((name) => processOf(options, name, relay)),
      processOf(options, SUBSCRIBER, (from) => subscribe(options, heldBy(from, broker.openReader()), from)),
    ],
    busOf(from, store) {
      const reader = heldBy(from, broker.openReader());
      return createLifecycleBus({ reader, store, decoder, environment: from.environment, log });
    },
  };
};
