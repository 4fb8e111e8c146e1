import t, { type Test } from "tap";
import type { Environment } from "@safar/kernel";
import { openMemoryEventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { openMemoryVault } from "@safar/vault";
import {
  candidateBody,
  candidateCells,
  importUntil,
  listOf,
  rowsOf,
  sendList,
  startTestNode,
  type TestNode,
} from "@safar/testing";
import { person } from "../src/aggregates.ts";
import { registration } from "../src/index.ts";
import { eventsOf } from "./imports/support/events.ts";

/** Several processes of the service on one log and one vault, with tables of their own each. */

t.setTimeout(180_000);
const real = realEnvironment();
const REGISTRAR = { role: "registrar", unit: "1726" } as const;
/** How many times faster the monotonic clock and the timers of a hurried replica run. */
const HURRY = 20;
const ROWS = 3_000;
/** The pause of the watchdog between two looks. */
const LOOK_EVERY_MS = 10_000;

const hurried: Environment = {
  ...real,
  clock: { ...real.clock, monotonic: () => real.clock.monotonic() * HURRY },
  timers: { ...real.timers, sleep: (milliseconds, signal) => real.timers.sleep(milliseconds / HURRY, signal) },
};

const startReplicas = async (t: Test, count: number, environment: Environment = real): Promise<TestNode[]> => {
  const ports = {
    store: openMemoryEventStore({ environment: real }),
    vault: openMemoryVault({ environment: real }),
  };
  const replicas: TestNode[] = [];
  for (let i = 0; i < count; i += 1)
    replicas.push(await startTestNode(t, { services: [registration], environment, ...ports }));
  return replicas;
};

const asRegistrarOf = (replicas: readonly TestNode[]) => Promise.all(replicas.map((replica) => replica.as(REGISTRAR)));

t.test("the same command sent to another replica is answered as the first time", async (t) => {
  const replicas = await startReplicas(t, 2);
  const [one, other] = await asRegistrarOf(replicas);
  const first = await one!.post("/registration/cases", candidateBody(1), { key: "one-key" });
  const again = await other!.post("/registration/cases", candidateBody(1), { key: "one-key" });
  t.equal(first.status, 201);
  t.same([again.status, again.body], [first.status, first.body]);
  const changed = await other!.post("/registration/cases", candidateBody(2), { key: "one-key" });
  t.equal(changed.status, 422, "with another body it is refused there too");

  const read = await other!.get(`/registration/cases/${first.body.caseId}?minPosition=${first.body.position}`);
  t.equal(read.status, 200, "and its outcome is read at another replica by its position");
});

t.test("commands of one key at two replicas at once are one command", async (t) => {
  const replicas = await startReplicas(t, 2);
  const [one, other] = await asRegistrarOf(replicas);
  const send = (client: typeof one, n: number) =>
    client!.post("/registration/cases", candidateBody(n), { key: `key-${n}` });
  for (let n = 1; n <= 20; n += 1) {
    const [first, second] = await Promise.all([send(one, n), send(other, n)]);
    t.same([first.status, second.status], [201, 201]);
    t.same(first.body, second.body);
  }
  t.equal(
    (await eventsOf(replicas[0]!.kit, "registration")).filter((e) => e.type === "CandidateRegistered").length,
    20,
  );
});

t.test("replicas give each case number once", async (t) => {
  const replicas = await startReplicas(t, 3);
  const clients = await asRegistrarOf(replicas);
  const numbers = Array.from({ length: 60 }, (_, index) => index + 1);
  const answers = await Promise.all(
    numbers.map((n) => clients[n % clients.length]!.post("/registration/cases", candidateBody(n))),
  );
  t.ok(answers.every(({ status }) => status === 201));
  t.equal(new Set(answers.map(({ body }) => body.caseNumber)).size, numbers.length);
});

t.test("what stayed half done is given up once, however many watchdogs look", async (t) => {
  let looks = 0;
  /** Long after the limit, so that each replica gives it up at its next look. */
  const later: Environment = {
    ...hurried,
    clock: { ...hurried.clock, now: () => real.clock.now() + 600_000 },
    timers: {
      ...hurried.timers,
      sleep(milliseconds, signal) {
        if (milliseconds === LOOK_EVERY_MS) looks += 1;
        return hurried.timers.sleep(milliseconds, signal);
      },
    },
  };
  const replicas = await startReplicas(t, 3, later);
  const { kit } = replicas[0]!;
  const [caseId, personId, transactionId] = [0, 1, 2].map(() => real.random.uuid()) as [string, string, string];
  const context = {
    actor: { id: "registrar-1726", role: "registrar", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const open = { type: "OpenJourney", caseId };
  const header = { caseId, personId };
  await kit.executor.execute({ aggregate: person, id: personId, command: open, transactionId, context, header });
  const typesNow = async () => (await eventsOf(kit, "person", "registration")).map(({ type }) => type);
  while ((await typesNow()).length < 3) await real.timers.sleep(20);
  const enough = looks + 4 * replicas.length;
  while (looks < enough) await real.timers.sleep(20);
  t.same(await typesNow(), ["JourneyOpened", "ReservationGivenUp", "JourneyEnded"]);
});

const list = listOf(Array.from({ length: ROWS }, (_, index) => candidateCells(index + 1)));

const checkOutcome = async (t: Test, replica: TestNode, location: string): Promise<void> => {
  const client = await replica.as(REGISTRAR);
  const rows = await rowsOf(client, location);
  t.same(
    rows.map(({ row }) => row),
    Array.from({ length: ROWS }, (_, index) => index + 1),
    "each row stands once, in the file's order",
  );
  const registered = (await eventsOf(replica.kit, "registration")).filter(({ type }) => type === "CandidateRegistered");
  t.equal(registered.length, ROWS, "nobody is registered twice");
  t.equal(new Set(registered.map(({ data }) => data["importRow"])).size, ROWS);
};

t.test("an import that its process left half-way is brought to its end by another replica", async (t) => {
  const [first, second] = await startReplicas(t, 2, hurried);
  const client = await first!.as(REGISTRAR);
  const sent = await sendList(client, "/registration/imports?asOf=2026-02-16", list);
  const location = sent.headers.get("location")!;
  await importUntil(real, client, location, ({ registered }) => registered > 0);
  await first!.node.stop();
  const other = await second!.as(REGISTRAR);
  const left = await other.get(location);
  t.equal(left.body.state, "running", `${left.body.registered} rows were registered by then`);
  const summary = await importUntil(real, other, location, ({ state }) => state !== "running");
  t.match(summary, { state: "done", rows: ROWS, registered: ROWS });
  await checkOutcome(t, second!, location);
});

t.test("an import that two replicas work on at once comes to the same end", async (t) => {
  const [first, second] = await startReplicas(t, 2);
  const clients = await asRegistrarOf([first!, second!]);
  const send = (client: (typeof clients)[number]) => sendList(client, "/registration/imports?asOf=2026-02-16", list);
  const [one, other] = await Promise.all(clients.map(send));
  const location = one!.headers.get("location")!;
  t.equal(other!.headers.get("location"), location, "the same list is one import");
  const summary = await importUntil(real, clients[1]!, location, ({ state }) => state !== "running");
  t.match(summary, { state: "done", rows: ROWS, registered: ROWS });
  await checkOutcome(t, second!, location);
});
