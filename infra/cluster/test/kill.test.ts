import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { simulate, type Acknowledged, type Part } from "@safar/simulator";
import { checkLog, readLog, tokensOf } from "@safar/single-node/test-support";
import { checkAcknowledged, checkAnswers, checkReactions, checkSubscriber } from "./support/afterwards.ts";
import { clusterMissing, startClusterGround, type ClusterGround } from "./support/ground.ts";
import { startOutsideSubscriber } from "./support/outside-subscriber.ts";
import { streamOf } from "./support/settle.ts";

/** More with `npm run chaos -w @safar/cluster`; absent: each process once. */
const KILLS = process.env["KILLS"] === undefined ? undefined : Number(process.env["KILLS"]);
/** The longest that the cluster is left alone between two kills. */
const LONGEST_ROUND_MS = 1_500;
/** So long a process may take to be there again on a loaded machine. */
const RESTART_LIMIT_MS = 120_000;
const PATIENCE_MS = 600_000;
/** Somebody outside who wants every event. */
const SUBSCRIBER = "ministry";
t.setTimeout((KILLS ?? 20) * 30_000 + 600_000);

const { random, timers, clock } = realEnvironment();

/** Kills one process after the other, each of them in its turn, and waits until it is there again. */
const killInTurn = async ({ cluster }: ClusterGround): Promise<Map<string, number>> => {
  const { processes } = cluster;
  const killed = new Map<string, number>();
  for (let n = 0; n < (KILLS ?? processes.length); n += 1) {
    const victim = processes[n % processes.length]!;
    await timers.sleep(random.fraction() * LONGEST_ROUND_MS);
    let before = victim.pid();
    while (before === undefined) {
      await timers.sleep(50);
      before = victim.pid();
    }
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

t.test(
  "kill -9 of each process in turn loses nothing, invents nothing, does nothing twice",
  { skip: clusterMissing() },
  async (t) => {
    const begun = clock.monotonic();
    const tellTime = (what: string): void => t.comment(`${Math.round((clock.monotonic() - begun) / 1000)} s: ${what}`);
    const ground = await startClusterGround(t, { replicas: 1, variables: { SAFAR_SUBSCRIBERS: SUBSCRIBER } });
    tellTime("started");
    const subscriber = await startOutsideSubscriber(ground.cluster.variables["NATS_URL"] ?? "", SUBSCRIBER);
    t.teardown(() => subscriber.stop());
    const tokens = await tokensOf(ground.folder);
    const acknowledged: Acknowledged[] = [];
    const over = new AbortController();
    const killing = killInTurn(ground).finally(() => {
      tellTime("kills over");
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
    tellTime("every kill is over and every journey at its end");
    t.same(stopped, [], "every journey comes to its end all the same");
    await ground.settle();
    tellTime("settled");
    const events = await readLog(ground.store, ground.decoder);
    const published = events.filter((event) => ground.decoder.contractOf(event)?.isPublished);
    const kills = [...killed.values()].reduce((sum, count) => sum + count, 0);
    const restarts = ground.told.filter((line) => line.endsWith("is started again")).length;
    t.comment(`${journeys} journeys, ${acknowledged.length} acknowledged commands, ${events.length} events`);
    t.comment(`${kills} kills, ${restarts} restarts: ${[...killed].map(([name, n]) => `${name} ${n}`).join(", ")}`);
    const names = ground.cluster.processes.map(({ program }) => program.name);
    t.same(
      names.slice(0, KILLS).filter((name) => !killed.has(name)),
      [],
      "each process was killed",
    );
    checkLog(t, events);
    checkAcknowledged(t, acknowledged, events);
    checkReactions(t, events);
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
    tellTime("asked for every answer again");
    await ground.checkReadModels(t);
    tellTime("compared every table");
  },
);
