import fastify, { type FastifyInstance } from "fastify";
import type { Relay } from "@safar/event-bus";
import type { JetStream } from "@safar/event-bus/jetstream";
import type { EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { figures } from "./figures.ts";
import { inTime } from "./in-time.ts";

/** Health and metrics of the relay; no door leads to an event. */
export const openDoors = async (options: {
  readonly relay: Relay;
  readonly jetstream: JetStream;
  readonly store: EventStore;
  readonly environment: Pick<Environment, "timers">;
  readonly host: string;
  readonly port: number;
}): Promise<{ readonly address: string; close(): Promise<void> }> => {
  const { relay, jetstream, store } = options;
  const { timers } = options.environment;
  // Nobody's answer here is worth waiting for when the relay stops.
  const server: FastifyInstance = fastify({ logger: false, forceCloseConnections: true });

  server.get("/health/live", () => ({ status: "live" }));

  // JetStream itself is asked, since a server whose disk is full says that it is well.
  server.get("/health/ready", async (_request, reply) => {
    const [head, found] = await Promise.all([
      inTime(timers, store.head(), undefined),
      inTime(timers, jetstream.stream.state(), undefined),
    ]);
    const stream = found !== undefined;
    const { state, position, failure } = relay.status();
    const log = head !== undefined;
    const isReady = log && stream && (state === "publishing" || state === "standing-by");
    const status = isReady ? "ready" : "not-ready";
    const whereItIs = { head: head === undefined ? undefined : String(head), position: String(position) };
    return reply.status(isReady ? 200 : 503).send({ status, log, stream, relay: state, failure, ...whereItIs });
  });

  server.get("/metrics", async (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(await figures({ relay, jetstream, store, timers })),
  );

  const address = await server.listen({ host: options.host, port: options.port });
  return { address, close: () => server.close() };
};
