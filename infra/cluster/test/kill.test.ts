import t, { type Test } from "tap";
import type { DecodedEvent } from "@safar/contracts";
import { realEnvironment } from "@safar/service-kit";
import { simulate, type Acknowledged, type Part } from "@safar/simulator";
import { checkLog, readLog, tokensOf } from "@safar/single-node/test-support";
import { clusterMissing, startClusterGround, type ClusterGround } from "./support/ground.ts";
import { startOutsideSubscriber } from "./support/outside-subscriber.ts";
import { streamOf } from "./support/settle.ts";

/** More with `npm run chaos -w @safar/cluster`. */
const KILLS = Number(process.env["KILLS"] ?? 12);
/** The longest that the cluster is left alone between two kills. */
const LONGEST_ROUND_MS = 1_500;
/** So long a process may take to be there again on a loaded machine. */
const RESTART_LIMIT_MS = 120_000;
const PATIENCE_MS = 600_000;
/** Somebody outside who wants every event. */
const SUBSCRIBER = "ministry";
t.setTimeout(KILLS * 30_000 + 600_000);

const { random, timers, clock } = realEnvironment();

/** Kills one process after the other, each of them in its turn, and waits until it is there again. */
const killInTurn = async ({ cluster }: ClusterGround, kills: number): Promise<Map<string, number>> => {
  const killed = new Map<string, number>();
  // The servers and the relay as often as any service: each kind is hit early, whatever the number of kills.
  const others = cluster.processes.filter(({ program }) => !/-\d+$/.test(program.name));
  const services = cluster.processes.filter(({ program }) => /-\d+$/.test(program.name));
  for (let n = 0; n < kills; n += 1) {
    const kind = n % 2 === 0 ? others : services;
    const victim = kind[Math.floor(n / 2) % kind.length]!;
    await timers.sleep(random.fraction() * LONGEST_ROUND_MS);
    const before = victim.pid();
    if (before === undefined) continue;
    process.kill(before, "SIGKILL");
    killed.set(victim.program.name, (killed.get(victim.program.name) ?? 0) + 1);
    const deadline = clock.monotonic() + RESTART_LIMIT_MS;
    const isBack = async () => victim.pid() !== before && (await victim.program.isReady().catch(() => false));
    while (!(await isBack())) {
      if (clock.monotonic() > deadline) throw new Error(`${victim.program.name} is not there again`);
      await timers.sleep(50);
    }
  }
  return killed;
};

/** Every published event came to the subscriber, each case's in the order of the log. */
const checkSubscriber = (t: Test, ids: readonly string[], published: readonly DecodedEvent[]): void => {
  const lines = (events: readonly DecodedEvent[]) => {
    const ofCases = Map.groupBy(events, ({ stream, meta }) => meta.caseId ?? stream);
    return Object.fromEntries([...ofCases].map(([line, own]) => [line, own.map(({ id }) => id)]));
  };
  const known = new Map(published.map((event) => [event.id, event]));
  const came = [...new Set(ids)];
  t.comment(`${ids.length} messages came to the subscriber outside, ${ids.length - came.length} of them again`);
  t.same(
    came.filter((id) => !known.has(id)),
    [],
    "nothing came that is not in the log",
  );
  t.equal(came.length, published.length, "every published event reached the subscriber outside");
  t.same(lines(came.flatMap((id) => known.get(id) ?? [])), lines(published), "and each case's in the log's order");
};

/** Every acknowledged command, sent again, is answered as it was the first time. */
const checkAnswers = async (t: Test, { address, folder }: ClusterGround, acknowledged: readonly Acknowledged[]) => {
  const tokens = await tokensOf(folder);
  const different: unknown[] = [];
  for (const { key, part, path, body, reply } of acknowledged) {
    const authorization = `Bearer ${await tokens.of(part)}`;
    const headers = { authorization, "content-type": "application/json", "idempotency-key": key };
    const response = await fetch(`${address}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    const again = { status: response.status, body: await response.json(), etag: response.headers.get("etag") };
    if (JSON.stringify(again) !== JSON.stringify({ status: reply.status, body: reply.body, etag: reply.etag }))
      different.push({ path, first: reply, again });
  }
  t.same(different, [], "every acknowledged command has the same answer again");
};

t.test(
  "kill -9 of each process in turn loses nothing, invents nothing, does nothing twice",
  { skip: clusterMissing() },
  async (t) => {
    const ground = await startClusterGround(t, { replicas: 1, variables: { SAFAR_SUBSCRIBERS: SUBSCRIBER } });
    const subscriber = await startOutsideSubscriber(ground.cluster.variables["NATS_URL"] ?? "", SUBSCRIBER);
    t.teardown(() => subscriber.stop());
    const tokens = await tokensOf(ground.folder);
    const acknowledged: Acknowledged[] = [];
    const over = new AbortController();
    const killing = killInTurn(ground, KILLS).finally(() => {
      over.abort();
    });
    killing.catch(() => undefined);
    const stopped: unknown[] = [];
    let journeys = 0;
    for (let seed = 1; !over.signal.aborted; seed += 1) {
      const report = await simulate({
        seed,
        journeys: 10,
        speed: 100,
        address: ground.address,
        environment: realEnvironment(),
        tokenOf: (part: Part) => tokens.of(part),
        onAcknowledged: (command) => acknowledged.push(command),
        patienceMs: PATIENCE_MS,
      });
      journeys += report.journeys;
      stopped.push(...report.ended.filter(({ reached }) => reached === "stopped" || reached.startsWith("/")));
    }
    const killed = await killing;
    t.same(stopped, [], "every journey comes to its end all the same");
    await ground.settle();

    const events = await readLog(ground.store, ground.decoder);
    const published = events.filter((event) => ground.decoder.contractOf(event)?.isPublished);
    const kills = [...killed.values()].reduce((sum, count) => sum + count, 0);
    const restarts = ground.told.filter((line) => line.endsWith("is started again")).length;
    t.comment(`${journeys} journeys, ${acknowledged.length} acknowledged commands, ${events.length} events`);
    t.comment(`${kills} kills, ${restarts} restarts: ${[...killed].map(([name, n]) => `${name} ${n}`).join(", ")}`);
    checkLog(t, events);
    const positions = new Set(events.map(({ position }) => String(position)));
    const lost = acknowledged.filter(({ reply }) => !positions.has(String(reply.body["position"])));
    t.same(lost, [], "every acknowledged command is in the log");
    const reacted = events.filter(({ meta }) => meta.actor.kind === "system" && meta.causationId !== undefined);
    const ofOneReaction = Map.groupBy(reacted, ({ stream, meta }) => `${stream} ${meta.transactionId}`);
    const twice = [...ofOneReaction.values()].filter(
      (own) => new Set(own.map(({ type, data }) => `${type} ${JSON.stringify(data)}`)).size < own.length,
    );
    t.same(twice, [], "every reaction took place once");
    t.ok(reacted.length > 0);
    const { messages, consumers } = await streamOf(ground.cluster);
    t.equal(messages, published.length, "every published event stands in the stream once");
    t.same(
      consumers.filter((c) => c.num_pending + c.num_ack_pending > 0),
      [],
      "and every durable has taken all of them",
    );
    t.equal(consumers.filter(({ name }) => name === SUBSCRIBER).length, 1, "that of the subscriber outside is one");
    checkSubscriber(t, subscriber.ids, published);
    await checkAnswers(t, ground, acknowledged);
    await ground.checkReadModels(t);
  },
);
