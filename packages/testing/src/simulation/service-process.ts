import type { Logger } from "pino";
import { createEmbeddedEventBus, type Consumer, type EventBus } from "@safar/event-bus";
import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { createKit, startService, type Caller, type ServiceDefinition, type ServiceRuntime } from "@safar/service-kit";
import { consumerWithBug, executorWithBug, requestWithBug, storeWithBug } from "./bugs/processes.ts";
import { decoderWithBug, recordsWithBug, vaultWithBug } from "./bugs/privacy.ts";
import { corruptFiles, type Files } from "./bugs/files.ts";
import type { createDoors, DoorAnswer, DoorRequest, Doors } from "./doors.ts";
import { createIncarnation, never, type Incarnation } from "./incarnation.ts";
import type { Subscribers } from "./invariants/subscribers.ts";
import type { Crashable } from "./crashable.ts";
import { createLogLink } from "./log-link.ts";
import { createPersistentFile, rowsOf } from "./persistent-file.ts";
import type { Surroundings } from "./surroundings.ts";
import { createVaultLink } from "./vault-link.ts";

/** One service as a process; its files stay as they are when it crashes. */
export interface ServiceProcess extends Crashable {
  readonly runtime: ServiceRuntime | undefined;
  /** Rejects where nobody listens; never settles where it dies meanwhile. */
  answer(request: DoorRequest, id: string): Promise<DoorAnswer>;
  /** Opens a websocket, and resolves when it is open; undefined where nobody listens. */
  watch(socket: { close(): void }, caller: Caller): Promise<void> | undefined;
  /** What stands on its disk. */
  rows(): readonly string[];
  remove(): void;
}

interface Life {
  readonly incarnation: Incarnation;
  readonly runtime: ServiceRuntime;
  readonly doors: Promise<Doors>;
}

export interface ServiceProcessOptions {
  readonly surroundings: Surroundings;
  readonly definition: ServiceDefinition;
  readonly decoder: Decoder;
  readonly subscribers: Subscribers;
  readonly openDoors: ReturnType<typeof createDoors>;
  readonly log: Logger;
  /** Default: a bus of its own that follows the log. */
  readonly busOf?: (from: Incarnation, store: EventStore) => EventBus;
  /** By how much its wall clock is wrong just now. */
  readonly skew: () => number;
}

/** The bus as the process sees it, with somebody who sees what its consumers have taken. */
const observed = (
  { surroundings, subscribers }: ServiceProcessOptions,
  from: Incarnation,
  bus: EventBus,
): EventBus => ({
  ...bus,
  consume(consumer: Consumer, signal) {
    subscribers.subscribed(consumer);
    const watched: Consumer = {
      ...consumer,
      async handle(event, tries) {
        await consumer.handle(event, tries);
        if (!from.isAlive) await never();
        surroundings.schedule.trace.note(`${consumer.durable} took ${event.position}`);
        subscribers.taken(consumer.durable, event);
      },
    };
    return bus.consume(consumerWithBug(surroundings, from, watched), signal);
  },
});

const begin = (options: ServiceProcessOptions, life: number, files: Files): Life => {
  const { surroundings, definition, openDoors, log } = options;
  const { schedule, chance } = surroundings;
  const incarnation = createIncarnation({ name: definition.name, life, schedule, chance, skew: options.skew });
  const { environment } = incarnation;
  const decoder = decoderWithBug(surroundings, definition.name, options.decoder);
  const store = storeWithBug(surroundings, createLogLink(surroundings, incarnation));
  const inner =
    options.busOf?.(incarnation, store) ??
    createEmbeddedEventBus({ store, decoder, file: files.progress.path, environment, log });
  const bus = observed(options, incarnation, inner);
  const vault = vaultWithBug(surroundings, createVaultLink(surroundings, incarnation));
  const ports = { environment, store, vault, bus, decoder, log, readModelFile: () => files.readModel.path };
  const kit = recordsWithBug(surroundings, incarnation, executorWithBug(surroundings, createKit(ports)));
  const runtime = startService(kit, definition);
  return { incarnation, runtime, doors: openDoors((server) => runtime.routes(server)) };
};

export const createServiceProcess = (options: ServiceProcessOptions): ServiceProcess => {
  const { surroundings, definition } = options;
  const { name } = definition;
  const files: Files = {
    readModel: createPersistentFile(`${name}-rows`),
    progress: createPersistentFile(`${name}-progress`),
  };
  let lives = 0;
  let life: Life | undefined;
  let sockets: { close(): void }[] = [];

  /** The other end notices a moment later that nobody is there any more. */
  const breakLines = (): void => {
    for (const socket of sockets) surroundings.schedule.after(1, `a line to ${name} breaks`, () => socket.close());
    sockets = [];
  };

  return {
    name,
    get runtime() {
      return life?.runtime;
    },
    start() {
      lives += 1;
      if (lives > 1) corruptFiles(surroundings, definition, files);
      life = begin(options, lives, files);
      life.runtime.ready.catch(() => undefined);
    },
    crash() {
      life?.incarnation.crash();
      life = undefined;
      breakLines();
    },
    async answer(request, id) {
      const current = life;
      if (!current) throw new Error("connection refused");
      const doors = await current.doors;
      const answer = await doors.answer(requestWithBug(surroundings, request, lives), id);
      return current.incarnation.isAlive ? answer : never();
    },
    watch(socket, caller) {
      const current = life;
      if (!current) return undefined;
      sockets.push(socket);
      return current.doors.then((doors) => doors.watch(socket, caller));
    },
    rows: () => [files.readModel, files.progress].flatMap(rowsOf),
    remove() {
      life?.incarnation.crash();
      files.readModel.remove();
      files.progress.remove();
    },
  };
};
