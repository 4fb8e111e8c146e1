import { connect, headers } from "nats";
import { pino } from "pino";
import t from "tap";
import { PARTITIONS } from "@safar/contracts";
import { openJetStreamEventBus } from "@safar/event-bus/jetstream";
import { openMemoryEventStore } from "@safar/event-store";
import { decoderOfEverything, realEnvironment } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { startTestNode } from "@safar/testing";
import { startRelay, type RelayProcess } from "../src/index.ts";
import { createNats, until } from "./support/nats-server.ts";

/** What a service's doors say while its durables bring nothing. It takes requests all the same. */

t.setTimeout(300_000);
const real = realEnvironment();
/** For the bus ten seconds pass in one. */
const swift = {
  ...real,
  clock: { ...real.clock, monotonic: () => real.clock.monotonic() * 10 },
  timers: { ...real.timers, sleep: (ms: number, signal?: AbortSignal) => real.timers.sleep(ms / 10, signal) },
};
const log = pino({ level: "silent" });
const onFatal = (error: Error): void => {
  throw error;
};

const NEXT = "$JS.API.CONSUMER.MSG.NEXT.SAFAR.*";
const rights = (denied: string): string => `authorization { users: [
  { user: relay, password: r }
  { user: visa-docs, password: v, permissions: { publish: { deny: [ ${denied} ] } } }
] }`;
const ALL_RIGHTS = rights("");

t.test("missing, changed, refused, foreign, away: the doors say which, and serve on", async (t) => {
  const nats = await createNats();
  await nats.start(ALL_RIGHTS);
  const store = openMemoryEventStore({ environment: real });
  const as = (user: string): string => nats.url.replace("//", `//${user}@`);
  const node = await startTestNode(t, {
    services: services.filter(({ name }) => name === "visa-docs"),
    store,
    busOf: (store, decoder) =>
      openJetStreamEventBus({
        url: as("visa-docs:v"),
        service: "visa-docs",
        store,
        decoder,
        environment: swift,
        log,
        onFatal,
      }),
  });
  const ready = async () => {
    const answer = await fetch(`${node.address}/health/ready`);
    const body = (await answer.json()) as { readonly status: string; readonly reactions: readonly string[] };
    return { code: answer.status, said: `${body.status}: ${body.reactions.join("; ")}` };
  };
  const says = (pattern: RegExp) => until(String(pattern), async () => pattern.test((await ready()).said));
  const figure = async (name: string): Promise<number> => {
    const text = await (await fetch(`${node.address}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(name) && !each.startsWith("#"));
    return Number(line?.split(" ").at(-1) ?? NaN);
  };
  const relays: RelayProcess[] = [];
  const startOne = async (): Promise<void> => {
    const relay = await startRelay({
      url: as("relay:r"),
      store,
      decoder: decoderOfEverything(),
      services: ["visa-docs"],
      subscribers: [],
      limits: {},
      host: "127.0.0.1",
      port: 0,
      environment: real,
      log,
      onFatal,
    });
    relays.push(relay);
  };
  const stopAll = () => Promise.all(relays.splice(0).map((relay) => relay.stop()));
  const client = await connect({ servers: nats.url, user: "relay", pass: "r", maxReconnectAttempts: -1 });
  t.teardown(async () => {
    await client.close();
    await stopAll();
    await nats.stop();
    await nats.remove();
  });

  await says(/^degraded: .*16 of visa-docs-reactions's durables are missing/);
  t.equal((await ready()).code, 200, "it is degraded and takes requests: those need no broker");
  t.equal(await figure("safar_bus_durables_missing"), PARTITIONS);
  await startOne();
  await says(/^ready/);
  t.equal(await figure("safar_bus_durables_missing"), 0);
  t.equal(await figure("safar_bus_up"), 1);

  await stopAll();
  const manager = await client.jetstreamManager();
  await manager.consumers.delete("SAFAR", "visa-docs-reactions-3");
  await manager.consumers.update("SAFAR", "visa-docs-reactions-5", { filter_subject: "safar.events.>" });
  await says(
    /^degraded: .*(?=.*1 of visa-docs-reactions's durables are missing)(?=.*1 of .* are not as the relay makes)/,
  );
  t.same([await figure("safar_bus_durables_missing"), await figure("safar_bus_durables_changed")], [1, 1]);
  await startOne();
  await says(/^ready/);
  t.same([await figure("safar_bus_durables_missing"), await figure("safar_bus_durables_changed")], [0, 0]);

  t.equal(await figure("safar_bus_foreign_total"), 0);
  await client.jetstream().publish("safar.events.a.b._._.7", "forged", { headers: headers() });
  await until("the foreign message", async () => (await figure("safar_bus_foreign_total")) === 1);
  await says(/^ready/);

  t.equal(await figure("safar_bus_denied_total"), 0);
  await nats.change(rights(JSON.stringify(NEXT)));
  await says(/^degraded: .*16 of visa-docs-reactions's durables are not answered for/);
  t.ok((await figure("safar_bus_denied_total")) > 0);
  await nats.change(ALL_RIGHTS);
  await says(/^ready/);

  await nats.stop();
  await says(/^degraded: the stream of events does not answer/);
  t.equal(await figure("safar_bus_up"), 0);
  t.equal((await ready()).code, 200);
});
