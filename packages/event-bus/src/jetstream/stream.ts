import type { JetStreamManager, NatsConnection } from "nats";
import type { Environment } from "@safar/kernel";
import { ANSWER_MS } from "../limits.ts";
import { isStreamError, type DurableState, type LifecycleStream } from "../lifecycle/port.ts";
import { ALL_SUBJECTS, STREAM } from "../lifecycle/subjects.ts";
import type { Connection } from "./connection.ts";
import { isNoMessage, streamErrorOf } from "./errors.ts";
import { createPublisher } from "./publisher.ts";
import { OWN_API } from "./settings.ts";
import { configOf, durableConfig, durableState, storedMessage, type StreamLimits } from "./shapes.ts";

/** JetStream's doors for one connection. */
export const createManagers = (connection: Connection, apiPrefix = OWN_API) => {
  const managers = new WeakMap<NatsConnection, Promise<JetStreamManager>>();
  const manager = (nats: NatsConnection): Promise<JetStreamManager> => {
    const made = managers.get(nats) ?? nats.jetstreamManager({ checkAPI: false, apiPrefix, timeout: ANSWER_MS });
    managers.set(nats, made);
    return made;
  };
  /** @throws StreamError */
  return async <T>(ask: (manager: JetStreamManager) => Promise<T>): Promise<T> => {
    try {
      return await ask(await manager(await connection.soon()));
    } catch (error) {
      throw streamErrorOf(error);
    }
  };
};

const orNothing = async <T>(asked: Promise<T>, reason: "no-stream" | "no-durable"): Promise<T | undefined> => {
  try {
    return await asked;
  } catch (error) {
    if (isStreamError(error, reason)) return undefined;
    throw error;
  }
};

/** The relay's side of JetStream. */
export const createJetStreamStream = (options: {
  readonly connection: Connection;
  readonly environment: Environment;
  readonly inboxPrefix: string;
  readonly limits: StreamLimits;
  readonly apiPrefix?: string | undefined;
}): LifecycleStream & { close(): void } => {
  const { connection, environment, inboxPrefix, limits } = options;
  const ask = createManagers(connection, options.apiPrefix);
  const publisher = createPublisher(connection, environment, inboxPrefix);
  const config = configOf(limits);

  const get = async (query: { readonly seq: number } | { readonly last_by_subj: string }) => {
    const found = await ask(async (manager) => {
      try {
        return await manager.streams.getMessage(STREAM, query);
      } catch (error) {
        if (isNoMessage(error)) return undefined;
        throw error;
      }
    });
    return found && storedMessage(found);
  };

  const infoOf = () =>
    orNothing(
      ask((manager) => manager.streams.info(STREAM)),
      "no-stream",
    );

  return {
    async state() {
      const info = await infoOf();
      return info && { created: info.created, lastSequence: info.state.last_seq, messages: info.state.messages };
    },
    async ensure() {
      const info = await infoOf();
      if (!info) return void (await ask((manager) => manager.streams.add(config)));
      const there: Readonly<Record<string, unknown>> = { ...info.config };
      const differs = Object.entries(config).some(
        ([key, value]) => JSON.stringify(there[key]) !== JSON.stringify(value),
      );
      if (differs) await ask((manager) => manager.streams.update(STREAM, config));
    },
    async remove() {
      await orNothing(
        ask((manager) => manager.streams.delete(STREAM)),
        "no-stream",
      );
    },
    lastMessage: () => get({ last_by_subj: ALL_SUBJECTS }),
    message: (sequence) => get({ seq: sequence }),
    publish: (message, expected) => publisher.publish(message, expected),
    durables: () =>
      ask(async (manager) => {
        const found: DurableState[] = [];
        for await (const info of manager.consumers.list(STREAM)) found.push(durableState(info));
        return found;
      }),
    putDurable: async (spec) => void (await ask((manager) => manager.consumers.add(STREAM, durableConfig(spec)))),
    async removeDurable(name) {
      await orNothing(
        ask((manager) => manager.consumers.delete(STREAM, name)),
        "no-durable",
      );
    },
    close: () => publisher.close(),
  };
};
