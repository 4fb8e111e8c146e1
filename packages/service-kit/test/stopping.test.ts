import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { pino } from "pino";
import t from "tap";
import { CaseSuspended } from "@safar/contracts";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { openMemoryVault } from "@safar/vault";
import { importDoors, importKind, importsTable, openLocalIssuer, reaction, realEnvironment } from "../src/index.ts";
import { startSmallNode } from "./support/small-node.ts";
import { smallService } from "./support/small-service.ts";
import { startOne } from "./support/start-one.ts";

/** A process that stops ends every connection, and answers whom it has begun to answer. */

const real = realEnvironment();
/** How long connections may take, as the process says it. */
const STOP_GRACE_MS = 8_000;
/** How long a reaction waits for the tables of its service. */
const READ_MODEL_WAIT_MS = 10_000;
/** Far below both, and far above what a stop takes. */
const AT_ONCE_MS = 4_000;
const BODY = JSON.stringify({ reason: "document-check" });

/** Whoever wants to wait for so long is called when the test says so: by what `waited` gives. */
const withoutWaitOf = (named: number) => {
  const { promise: waited, resolve } = Promise.withResolvers<() => void>();
  const after: Environment["timers"]["after"] = (milliseconds, callback) =>
    milliseconds === named ? (resolve(callback), () => undefined) : real.timers.after(milliseconds, callback);
  const environment: Environment = { ...real, timers: { ...real.timers, after } };
  return { environment, waited };
};

type Node = Awaited<ReturnType<typeof startSmallNode>>;

const open = async ({ node }: Node) => {
  const { hostname, port } = new URL(node.address);
  const socket = connect(Number(port), hostname);
  await once(socket, "connect");
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => void chunks.push(chunk));
  socket.on("error", () => undefined);
  return { socket, closed: once(socket, "close"), told: () => Buffer.concat(chunks).toString() };
};

const commandOf = ({ caseId, tokens, uuid }: Node): string =>
  [
    `POST /registration/cases/${caseId}/suspensions HTTP/1.1`,
    "host: safar",
    `authorization: Bearer ${tokens.registrar}`,
    `idempotency-key: ${uuid()}`,
    "content-type: application/json",
    `content-length: ${BODY.length}`,
    "\r\n",
  ].join("\r\n");

/** Resolves once the server has seen what was sent before: it answers in the order of sending. */
const seen = async (node: Node): Promise<void> => {
  await fetch(`${node.node.address}/health/live`, { headers: { connection: "close" } });
};

const say = (socket: Socket, text: string): Promise<void> =>
  new Promise((resolve) => socket.write(text, () => resolve()));

const timed = async (work: Promise<unknown>): Promise<number> => {
  const since = real.clock.monotonic();
  await work;
  return real.clock.monotonic() - since;
};

t.test("a stop finishes an answer under way, and does not wait for its connection to be used again", async (t) => {
  const node = await startSmallNode(t);
  const { socket, told, closed } = await open(node);
  await say(socket, commandOf(node) + BODY.slice(0, 5));
  await seen(node);
  const stopped = timed(node.node.stop());
  await say(socket, BODY.slice(5));
  t.ok((await stopped) < AT_ONCE_MS);
  await closed;
  t.match(told(), /^HTTP\/1\.1 200 /);
  t.match(told(), /^connection: close\r$/im);
});

t.test("a stop does not wait for connections that have never sent anything", async (t) => {
  const node = await startSmallNode(t);
  const { closed } = await open(node);
  await seen(node);
  t.ok((await timed(node.node.stop())) < AT_ONCE_MS);
  await closed;
});

t.test("who asks while it stops is told so, and when to come again", async (t) => {
  const node = await startSmallNode(t);
  const [busy, late] = [await open(node), await open(node)];
  await say(busy.socket, commandOf(node) + BODY.slice(0, 5));
  await say(late.socket, "GET /health/live HTTP/1.1\r\nhost: safar\r\naccept-langu");
  await seen(node);
  const stopped = node.node.stop();
  await say(late.socket, "age: ru\r\n\r\n");
  await late.closed;
  t.match(late.told(), /^HTTP\/1\.1 503 /);
  t.match(late.told(), /^content-type: application\/problem\+json/im);
  t.match(late.told(), /^retry-after: \d+\r$/im);
  t.match(late.told(), /"code":"shutting-down".*Система останавливается/);
  await say(busy.socket, BODY.slice(5));
  await stopped;
});

t.test("whoever never ends what was begun is cut off after the grace, and the stop ends", async (t) => {
  const { environment, waited } = withoutWaitOf(STOP_GRACE_MS);
  const node = await startSmallNode(t, { environment });
  const { socket, told, closed } = await open(node);
  await say(socket, commandOf(node));
  await seen(node);
  const stopped = node.node.stop();
  (await waited)();
  await stopped;
  await closed;
  t.equal(told(), "", "nothing was answered that was not asked");
});

/** Caught up with an empty log, and nothing comes ever after. */
const standingStill = (store: EventStore): EventStore => ({
  ...store,
  async *subscribe({ signal }) {
    yield { kind: "caughtUp", position: -1n };
    await once(signal, "abort");
  },
});

t.test("a stop does not wait for a reaction whose tables have not come to its event", async (t) => {
  const { environment, waited } = withoutWaitOf(READ_MODEL_WAIT_MS);
  const reactions = [
    reaction({
      name: "when-held",
      on: [{ category: "registration", contract: CaseSuspended }],
      then: () => [],
    }),
  ];
  const node = await startSmallNode(t, { environment, service: { ...smallService, reactions }, seen: standingStill });
  await waited;
  t.ok((await timed(node.node.stop())) < AT_ONCE_MS);
});

/** Nothing is heard of it, as of a log that is away. */
const silent = (store: EventStore): EventStore => ({
  ...store,
  async *subscribe({ signal }) {
    await once(signal, "abort");
    yield* [];
  },
});

/** Takes lists, of which none comes. */
const importing = {
  ...smallService,
  projections: [importsTable("registration")],
  doors: importDoors(
    importKind({
      name: "candidates",
      command: "ImportCandidates",
      summary: "Send a list",
      columns: ["name"],
      personalColumns: [],
      sentences: {},
      begin: () => () => ({ outcome: "rejected" }),
    }),
  ),
};

t.test("a taken port is told at once, and not when the tables have caught up with a log that is away", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const store = openMemoryEventStore({ environment: real });
  const started = startOne({
    environment: real,
    service: importing,
    store,
    seen: silent(store),
    vault: openMemoryVault({ environment: real }),
    log: pino({ level: "silent" }),
    issuer: await openLocalIssuer(t.testdir({}), real),
    port: (taken.address() as AddressInfo).port,
  });
  const over = new AbortController();
  const tooLate = real.timers.sleep(AT_ONCE_MS, over.signal).then(
    () => "nothing is said",
    () => undefined,
  );
  await t.rejects(Promise.race([started, tooLate]), { code: "EADDRINUSE" });
  over.abort();
  taken.close();
});
