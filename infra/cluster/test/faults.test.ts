import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { tokensOf } from "@safar/single-node/test-support";
import { candidateBody, createClient, type Client } from "@safar/testing";
import { ROOM_BYTES } from "./support/broker.ts";
import { startFaultyCluster, type FaultyCluster } from "./support/faulty-cluster.ts";
import { clusterMissing } from "./support/ground.ts";
import { startSecondRelay } from "./support/second-relay.ts";
import { streamOf } from "./support/settle.ts";
import { checkWhole } from "./support/whole.ts";

/** A cluster of real processes whose servers fail under load, each test with journeys of its own. */

t.setTimeout(900_000);
const CUTS = Number(process.env["CUTS"] ?? 8);
/** A process cuts its own stop off after so long, and ends with 1 then: docs/operating/cluster.md. */
const STOP_LIMIT_MS = 15_000;
/** A loaded machine takes its time; what never comes is found all the same. */
const PATIENCE_MS = 120_000;
/** So many are in no copy of what NATS keeps. */
const LOST_MESSAGES = 100;
/** Less than is there already. */
const NO_ROOM_BYTES = 1_000;
const environment = realEnvironment();
const { clock, timers, random } = environment;

const skip = clusterMissing();
const cluster: FaultyCluster | undefined = skip === false ? await startFaultyCluster(t) : undefined;

const clientOf = async ({ folder, address }: FaultyCluster): Promise<Client> =>
  createClient(address, environment, await (await tokensOf(folder)).of({ role: "registrar", unit: "1726" }));

t.test("lines to the log that are cut in the middle of appends and reads", { skip }, async (t) => {
  if (!cluster) return;
  const { line, told } = cluster;
  const [before, ended] = [line.cuts(), told.length];
  await cluster.duringJourneys(t, async () => {
    for (let n = 0; n < CUTS; n += 1) {
      await timers.sleep(200 + random.fraction() * 800);
      line.cut();
    }
  });
  await checkWhole(t, cluster);
  t.comment(`${line.cuts() - before} cuts`);
  t.same(told.slice(ended), [], "no process ended by it");
});

t.test("a log that stops and comes back, and a line that is cut for longer", { skip }, async (t) => {
  if (!cluster) return;
  const { line, told } = cluster;
  const ended = told.length;
  const client = await clientOf(cluster);
  const [key, body] = [random.uuid(), candidateBody(7_001)];
  const register = () => client.post("/registration/cases", body, { key });
  const checkAway = async (): Promise<void> => {
    const { status, headers, body } = await register();
    t.same([status, body.code], [503, "log-unavailable"]);
    t.match(headers.get("retry-after"), /^\d+$/);
  };
  await cluster.duringJourneys(t, async () => {
    await cluster.withoutLog(checkAway);
    line.sever();
    await checkAway();
    line.mend();
  });
  const answer = await register();
  t.equal(answer.status, 201);
  t.same((await register()).body, answer.body, "the same key has the same answer");
  await checkWhole(t, cluster);
  t.same(told.slice(ended), [], "no process ended by it");
});

t.test("a foreign message in the stream, and NATS with its data folder gone", { skip }, async (t) => {
  if (!cluster) return;
  const { broker, told } = cluster;
  const ended = told.length;
  await cluster.duringJourneys(t, async () => {
    await broker.putForeign();
    await broker.putForeign({ "ce-type": "CandidateRegistered", "Safar-Relay": "somebody" });
    await broker.wipe();
    await broker.putForeign();
  });
  await checkWhole(t, cluster);
  t.same(told.slice(ended), [], "no process ended by it");
});

t.test("two relays at once, and NATS put back to an older state and then out of room", { skip }, async (t) => {
  if (!cluster) return;
  const { broker, told } = cluster;
  const ended = told.length;
  const until = async (what: string, isSo: () => Promise<boolean>): Promise<void> => {
    const deadline = clock.monotonic() + PATIENCE_MS;
    while (!(await isSo().catch(() => false))) {
      if (clock.monotonic() > deadline) throw new Error(`never came to it: ${what}`);
      await timers.sleep(50);
    }
  };
  const messages = async (): Promise<number> => (await streamOf(cluster.cluster)).messages;
  const second = await startSecondRelay(t, cluster.cluster);
  const figures = async (): Promise<string> => (await fetch(`${cluster.address}/metrics`)).text();
  await cluster.duringJourneys(t, async () => {
    await until("one of two stands by", async () =>
      [(await second()).relay === "standing-by", /^safar_relay_state{.*"standing-by".* 1$/m.test(await figures())].some(
        Boolean,
      ),
    );
    const putBack = await broker.keep();
    const kept = await messages();
    await until("there is more to lose", async () => (await messages()) > kept + LOST_MESSAGES);
    await putBack();
    await until("what was lost is there again", async () => (await messages()) > kept + LOST_MESSAGES);
    await broker.restart(NO_ROOM_BYTES);
    await until("a relay says that there is no room", async () => {
      const { body } = await createClient(cluster.address, environment).get("/health/ready");
      const failures = [(await second()).failure, JSON.stringify(body)];
      return failures.some((failure) => /resource|storage/.test(failure ?? ""));
    });
    await broker.restart(ROOM_BYTES);
  });
  await checkWhole(t, cluster);
  t.same(told.slice(ended), [], "no process ended by it");
});

t.test("relay, gateway and services are asked to stop under load", { skip }, async (t) => {
  if (!cluster) return;
  const running = cluster;
  const kinds = ["registration-1", "visa-docs-1", "relay", "gateway"];
  const victims = running.cluster.processes.filter(({ program }) => kinds.includes(program.name));
  t.equal(victims.length, kinds.length);
  await running.duringJourneys(t, async () => {
    for (const victim of victims) {
      const { name } = victim.program;
      const [before, told, since] = [victim.pid() ?? 0, running.told.length, clock.monotonic()];
      process.kill(before, "SIGTERM");
      while (victim.pid() === before) await timers.sleep(10);
      const took = clock.monotonic() - since;
      t.ok(took < STOP_LIMIT_MS, `${name} stops within ${STOP_LIMIT_MS} ms`);
      t.same(running.told.slice(told), [`${name} ended with status 0 and is started again`]);
      while (!(await victim.program.isReady().catch(() => false))) await timers.sleep(50);
    }
  });
  await checkWhole(t, running);
});
