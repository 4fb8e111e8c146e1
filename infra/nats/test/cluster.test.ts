import t from "tap";
import { durablesOf, runRelay } from "@safar/event-bus";
import { IMPORTED_API, openJetStream, openJetStreamEventBus } from "@safar/event-bus/jetstream";
import { connectAs } from "./support/secured.ts";
import { routesOf, serverIdOf, startIntruder, startThreeServers } from "./support/three.ts";
import { decoder, environment, move, openLog, until } from "./support/world.ts";

/** Three real servers of the generated configuration, and each of them killed while the relay publishes. */

const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};
const three = await startThreeServers(t);
const { site, servers, ports } = three;
const PER_ROUND = 40;

interface StreamInfo {
  readonly config?: { readonly num_replicas: number };
  readonly cluster?: { readonly leader?: string; readonly replicas?: readonly { readonly current: boolean }[] };
}

const infoOf = async (): Promise<StreamInfo> => {
  const { nats } = await connectAs(site, ports, "training");
  try {
    return (await nats.request(`${IMPORTED_API}.STREAM.INFO.SAFAR`)).json<StreamInfo>();
  } finally {
    await nats.close();
  }
};

t.test("what the probes of Kubernetes ask is answered", async (t) => {
  for (const monitor of three.monitors) {
    await until("its readiness", async () => (await fetch(`${monitor}/healthz?js-server-only=true`)).ok);
    t.ok((await fetch(`${monitor}/healthz?js-enabled-only=true`)).ok);
  }
});

t.test("a service's certificate does not make a server of it", async (t) => {
  const join = async (who: "training" | "server") => serverIdOf(await startIntruder(t, three, who));
  const service = await join("training");
  // The other way round: with a server's own certificate it comes in.
  const server = await join("server");
  const known = async (): Promise<readonly string[]> => (await Promise.all(three.monitors.map(routesOf))).flat();
  await until("the server", async () => (await known()).includes(server));
  t.notOk((await known()).includes(service));
});

t.test("one server after the other is killed, the stream's leader too: nothing is lost, order is kept", async (t) => {
  const shared = { url: three.url, caFile: site.caFile, environment, log, onFatal };
  const store = openLog();
  const { stream, close } = openJetStream({ ...shared, ...site.filesOf("relay"), limits: { replicas: 3 } });
  const stopping = new AbortController();
  const { signal } = stopping;
  const relay = runRelay({ store, decoder, stream, durables: durablesOf("visa-docs-reactions"), environment, signal });
  const bus = openJetStreamEventBus({
    ...{ ...shared, ...site.filesOf("visa-docs"), apiPrefix: IMPORTED_API, service: "visa-docs" },
    ...{ store, decoder },
  });
  const seen = new Map<string, number[]>();
  const consumed = bus.consume(
    {
      durable: "visa-docs-reactions",
      categories: ["journey"],
      types: ["JourneyMoved"],
      handle: async ({ meta, data }) => {
        const ofCase = seen.get(meta.caseId ?? "") ?? [];
        seen.set(meta.caseId ?? "", ofCase);
        // Repeated after a kill, perhaps; never before what precedes it.
        if (!ofCase.includes(Number(data["to"]))) ofCase.push(Number(data["to"]));
      },
    },
    signal,
  );
  t.teardown(async () => {
    stopping.abort();
    await Promise.all([relay.ended, consumed]);
    await Promise.all([bus.close(), close()]);
  });
  await until("the stream", () => relay.status().state === "publishing");
  t.match(await infoOf(), { config: { num_replicas: 3 } }, "three hold it");

  const moves = Array.from({ length: PER_ROUND }, (_, index) => String(index));
  const cases = ["first", "second", "third"];
  const led: string[] = [];
  for (const [round, each] of cases.entries()) {
    const writing = move(store, each, ...moves);
    const { cluster } = await infoOf();
    led.push(cluster?.leader ?? "");
    // In the first round whoever leads the stream, and then the others in turn.
    const named = Number((cluster?.leader ?? "").replace("nats-", ""));
    const victim = servers[round === 0 ? named : (named + round) % servers.length];
    await victim?.kill();
    await writing;
    await until(`${each}, with one server away`, () => seen.get(each)?.length === PER_ROUND);
    await victim?.start();
    await until("all three", isWhole);
  }
  for (const each of cases) t.strictSame(seen.get(each), moves.map(Number), `${each}: each once, in order`);
  const expected = cases.length * PER_ROUND;
  t.equal((await stream.state())?.messages, expected, "and the stream holds each once");
  t.comment(
    `${expected} events, ${servers.reduce((sum, { kills }) => sum + kills, 0)} kills; led by ${led.join(", ")}`,
  );
});

/** Ready as Kubernetes asks, and with all of the stream; 2.9 calls idle durables behind for longer than that lasts. */
const isWhole = async (): Promise<boolean> => {
  const answers = await Promise.all(
    three.monitors.map((monitor) =>
      fetch(`${monitor}/healthz?js-server-only=true`).then(
        ({ ok }) => ok,
        () => false,
      ),
    ),
  );
  // Nobody answers while a leader is being chosen.
  const info = await infoOf().catch(() => undefined);
  const copies = info?.cluster?.replicas ?? [];
  return answers.every(Boolean) && copies.length === 2 && copies.every(({ current }) => current);
};
