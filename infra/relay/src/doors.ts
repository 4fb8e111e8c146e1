import fastify, { type FastifyInstance } from "fastify";
import type { Relay } from "@safar/event-bus";
import type { JetStream } from "@safar/event-bus/jetstream";
import type { EventStore } from "@safar/event-store";
import { figures } from "./figures.ts";

/** Health and metrics of the relay; no door leads to an event. */
export const openDoors = async (options: {
  readonly relay: Relay;
  readonly jetstream: JetStream;
  readonly store: EventStore;
  readonly host: string;
  readonly port: number;
}): Promise<{ readonly address: string; close(): Promise<void> }> => {
  const { relay, jetstream, store } = options;
  // Nobody's answer here is worth waiting for when the relay stops.
  const server: FastifyInstance = fastify({ logger: false, forceCloseConnections: true });

  server.get("/health/live", () => ({ status: "live" }));

  // JetStream itself is asked, since a server whose disk is full says that it is well.
  server.get("/health/ready", async (_request, reply) => {
    const [head, stream] = await Promise.all([
      store.head().catch(() => undefined),
      jetstream.stream.state().then(
        (state) => state !== undefined,
        () => false,
      ),
    ]);
    const { state, position, failure } = relay.status();
    const log = head !== undefined;
    const isReady = log && stream && (state === "publishing" || state === "standing-by");
    const status = isReady ? "ready" : "not-ready";
    const whereItIs = { head: head === undefined ? undefined : String(head), position: String(position) };
    return reply.status(isReady ? 200 : 503).send({ status, log, stream, relay: state, failure, ...whereItIs });
  });

  server.get("/metrics", async (_request, reply) =>
    reply.type("text/plain; version=0.0.4; charset=utf-8").send(await figures(relay, jetstream, store)),
  );

  const address = await server.listen({ host: options.host, port: options.port });
  return { address, close: () => server.close() };
};
