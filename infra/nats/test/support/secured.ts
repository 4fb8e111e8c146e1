import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, nkeyAuthenticator, type NatsConnection } from "nats";
import type { Test } from "tap";
import { durablesOf, runRelay, subscriberDurable } from "@safar/event-bus";
import { IMPORTED_API, openJetStream, openJetStreamEventBus } from "@safar/event-bus/jetstream";
import { freePort, natsProcess } from "@safar/testing/servers";
import { makeSite, type Site, type SiteOptions } from "../../src/index.ts";
import { decoder, environment, openLog, until } from "./world.ts";

const SERVICES = ["visa-docs", "training"];
/** Long enough that nothing comes again while a test looks. */
const ACK_WAIT_MS = 300_000;
const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};

/** The plain client with a user's keys, and what the server refused it. */
export interface Client {
  readonly nats: NatsConnection;
  readonly refused: readonly string[];
}

export const connectAs = async (site: Site, ports: readonly number[], user: string): Promise<Client> => {
  const { credsFile, certFile, keyFile } = site.filesOf(user);
  const nats = await connect({
    servers: ports.map((port) => `localhost:${port}`),
    authenticator: nkeyAuthenticator(readFileSync(credsFile)),
    tls: { caFile: site.caFile, certFile, keyFile },
    inboxPrefix: `_INBOX.${user}`,
  });
  const refused: string[] = [];
  void (async () => {
    for await (const { permissionContext } of nats.status())
      if (permissionContext) refused.push(`${permissionContext.operation} ${permissionContext.subject}`);
  })();
  return { nats, refused };
};

/** A real server with the real configuration, and a relay that publishes a log to it. */
export const startSecured = async (t: Test) => {
  const folder = await mkdtemp(join(tmpdir(), "safar-nats-site-"));
  const port = await freePort();
  const options: SiteOptions = {
    folder,
    services: SERVICES,
    subscribers: ["ministry"],
    listen: `127.0.0.1:${port}`,
    hosts: ["127.0.0.1", "localhost"],
    maxFileStore: "100MB",
  };
  const site = makeSite(options);
  const server = natsProcess(site.config);
  await server.start();
  const shared = { url: `tls://127.0.0.1:${port}`, caFile: site.caFile, environment, log, onFatal };
  const store = openLog();
  const { stream, close } = openJetStream({ ...shared, ...site.filesOf("relay"), limits: {} });
  const stopping = new AbortController();
  const reacting = SERVICES.flatMap((name) => durablesOf(`${name}-reactions`, ACK_WAIT_MS));
  const durables = [...reacting, subscriberDurable("ministry")];
  const relay = runRelay({ store, decoder, stream, durables, environment, signal: stopping.signal });
  t.teardown(async () => {
    stopping.abort();
    await relay.ended;
    await close();
    await server.kill();
    await rm(folder, { recursive: true });
  });
  await until("the stream", () => relay.status().state === "publishing");
  const durable = async (name: string) => (await stream.durables()).find(({ spec }) => spec.name === name);
  return {
    ...{ folder, port, options, site, server, store, stream, relay, durable },
    as: (user: string) => connectAs(site, [port], user),
    /** A service's own bus. */
    busOf: (service: string) =>
      openJetStreamEventBus({
        ...shared,
        ...site.filesOf(service),
        apiPrefix: IMPORTED_API,
        service,
        store,
        decoder,
      }),
    count: async () => (await stream.state())?.lastSequence ?? 0,
  };
};
