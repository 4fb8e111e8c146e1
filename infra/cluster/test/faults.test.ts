import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { tokensOf } from "@safar/single-node/test-support";
import { candidateBody, createClient, type Client } from "@safar/testing";
import { startFaultyCluster, type FaultyCluster } from "./support/faulty-cluster.ts";
import { clusterMissing } from "./support/ground.ts";
import { checkWhole } from "./support/whole.ts";

/** A cluster of real processes whose servers fail under load, each test with journeys of its own. */

t.setTimeout(900_000);
const CUTS = Number(process.env["CUTS"] ?? 8);
/** A process cuts its own stop off after so long, and ends with 1 then: docs/operating/cluster.md. */
const STOP_LIMIT_MS = 15_000;
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
