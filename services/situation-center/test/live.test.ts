import { join } from "node:path";
import t from "tap";
import { WebSocket } from "ws";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { registration } from "@safar/registration";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode, type TestNode } from "@safar/testing";
import { situationCenter } from "../src/index.ts";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test looks into whatever came back
type Message = any;

const watch = async (node: TestNode, protocols: string[] = ["safar.v1"], headers: Record<string, string> = {}) => {
  const token = await node.tokenOf({ role: "operator" });
  const socket = new WebSocket(`${node.address.replace("http", "ws")}/live`, protocols, {
    headers: { authorization: `Bearer ${token}`, ...headers },
  });
  const messages: Message[] = [];
  const waiting: (() => void)[] = [];
  socket.on("message", (data: Buffer) => {
    messages.push(JSON.parse(data.toString()));
    for (const wake of waiting.splice(0)) wake();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
  });
  const until = async (isThere: (messages: readonly Message[]) => boolean): Promise<readonly Message[]> => {
    while (!isThere(messages)) await new Promise<void>((resolve) => waiting.push(resolve));
    return messages;
  };
  const eventsOf = (id: string): Message[] =>
    messages.filter((m) => m.type === "events" && m.id === id).flatMap((m) => m.events);
  return { socket, messages, until, eventsOf, closed, say: (message: object) => socket.send(JSON.stringify(message)) };
};

const register = async (node: TestNode, n: number, given: Record<string, unknown> = {}) => {
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  return (await registrar.post("/registration/cases", candidateBody(n, given))).body;
};

t.test("a watcher gets a snapshot and then every event after it, in order, with nothing personal", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const first = await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "all" });
  const [snapshot] = await watcher.until((messages) => messages.length > 0);
  t.equal(snapshot.type, "snapshot");
  t.match(snapshot.cases, [
    { caseId: first.caseId, caseNumber: first.caseNumber, service: "registration", state: "submitted" },
  ]);
  t.match(snapshot.counters, [{ service: "registration", state: "submitted", destination: null, count: 1 }]);
  for (const n of [2, 3, 4]) await register(node, n);
  await watcher.until(() => watcher.eventsOf("all").length >= 6);
  const events = watcher.eventsOf("all");
  const positions = events.map((event) => BigInt(event.position));
  t.same(
    positions,
    positions.toSorted((a, b) => (a < b ? -1 : 1)),
  );
  t.ok(positions.every((position) => position > BigInt(snapshot.position)));
  t.notOk(JSON.stringify(events).includes("Anvar"));
  t.ok(events[0].redacted.includes("/data/pinfl"));
  watcher.socket.close();
});

t.test("after a break a watcher goes on where it was, without loss or repeat", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const before = await watch(node);
  before.say({ type: "subscribe", id: "all" });
  await before.until((messages) => messages.length > 0);
  await register(node, 1);
  await before.until(() => before.eventsOf("all").length >= 2);
  const resumeAt = before.messages.filter((m) => m.type === "events").at(-1).position;
  before.socket.close();
  await before.closed;
  for (const n of [2, 3, 4, 5]) await register(node, n);
  await node.settled();
  const after = await watch(node);
  after.say({ type: "subscribe", id: "all", after: resumeAt });
  await after.until((messages) => messages.some((m) => m.type === "caughtUp"));
  await register(node, 6);
  await after.until(() => after.eventsOf("all").length >= 10);
  const ids = [...before.eventsOf("all"), ...after.eventsOf("all")].map((event) => event.eventId);
  t.equal(new Set(ids).size, ids.length);
  t.equal(ids.length, 12);
  after.socket.close();
});

t.test(
  "a process that was started anew, with its tables as they were, sends a watcher what it has missed",
  async (t) => {
    const folder = t.testdir({});
    const environment = realEnvironment();
    const store = openMemoryEventStore({ environment });
    const services = [registration, situationCenter];
    const start = (log: EventStore) =>
      startTestNode(t, { services, store: log, readModelFile: (service) => join(folder, `${service}.sqlite`) });
    const earlier = await start(store);
    await register(earlier, 1);
    await earlier.settled();
    const missed = await store.head();
    await register(earlier, 2);
    await earlier.settled();
    await earlier.node.stop();

    // The tables are opened while the doors are: over a network they take longer.
    const farAway: EventStore = { ...store, head: () => environment.timers.sleep(200).then(() => store.head()) };
    const watcher = await watch(await start(farAway));
    watcher.say({ type: "subscribe", id: "all", after: String(missed) });
    await watcher.until((messages) => messages.some((m) => m.type === "caughtUp"));
    t.same(
      watcher.eventsOf("all").map((event) => event.type),
      ["CandidateRegistered", "ConsentGranted"],
      "although nothing has happened since the start",
    );
    watcher.socket.close();
  },
);

t.test("a watcher of an empty log goes on from where its snapshot stood", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const before = await watch(node);
  before.say({ type: "subscribe", id: "all" });
  const [snapshot] = await before.until((messages) => messages.length > 0);
  before.socket.close();
  await before.closed;
  await register(node, 1);
  await node.settled();
  const after = await watch(node);
  after.say({ type: "subscribe", id: "all", after: snapshot.position });
  await after.until(() => after.eventsOf("all").length >= 2);
  t.equal(after.eventsOf("all")[0].type, "CandidateRegistered");
  after.socket.close();
});

t.test("a filter lets only what matches through, and a new filter begins with a new snapshot", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "view", filter: { regions: ["1703"] } });
  await watcher.until((messages) => messages.length > 0);
  await register(node, 1, { regionSoato: "1726" });
  await register(node, 2, { regionSoato: "1703" });
  await watcher.until(() => watcher.eventsOf("view").length >= 2);
  t.ok(watcher.eventsOf("view").every((event) => event.region === "1703"));
  watcher.say({ type: "filter", id: "view", filter: { eventTypes: ["ConsentGranted"] } });
  await watcher.until((messages) => messages.filter((m) => m.type === "snapshot").length === 2);
  const count = watcher.eventsOf("view").length;
  await register(node, 3);
  await watcher.until(() => watcher.eventsOf("view").length > count);
  t.same(
    watcher
      .eventsOf("view")
      .slice(count)
      .map((event) => event.type),
    ["ConsentGranted"],
  );
  watcher.socket.close();
});

t.test("a malformed message closes the socket with 4400", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "x", filter: { colours: ["red"] } });
  t.equal(await watcher.closed, 4400);
});

t.test("what is refused is told as a problem in the watcher's language, and the connection stays", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const watcher = await watch(node, undefined, { "accept-language": "ru" });
  watcher.say({ type: "filter", id: "none", filter: {} });
  for (let n = 0; n <= 32; n += 1) watcher.say({ type: "subscribe", id: `s${n}` });
  const refused = (messages: readonly Message[]): Message[] => messages.filter(({ type }) => type === "refused");
  const [unknown, tooMany] = refused(await watcher.until((messages) => refused(messages).length === 2));
  t.match(unknown, { id: "none", problem: { code: "subscription-unknown", status: 404, title: /[а-я]/, detail: /./ } });
  t.match(tooMany, { id: "s32", problem: { code: "too-many-subscriptions", status: 409, detail: /32/, traceId: /./ } });
  t.equal(watcher.socket.readyState, WebSocket.OPEN);
  watcher.socket.close();
});

t.test("the sub-protocol that is spoken is ours, wherever it stands in the client's list", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const watcher = await watch(node, ["other.v1", "safar.v1"]);
  t.equal(watcher.socket.protocol, "safar.v1");
  watcher.socket.close();
});

t.test("before the upgrade a stranger gets 401 and a role that may not watch 403", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const statusOf = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${node.address.replace("http", "ws")}/live`, "safar.v1", { headers });
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode);
        socket.terminate();
      });
      socket.on("error", () => undefined);
    });
  t.equal(await statusOf({}), 401);
  t.equal(await statusOf({ authorization: `Bearer ${await node.tokenOf({ role: "trainer" })}` }), 403);
});

t.test("watchers are told that the system is shutting down with 1001", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  const watcher = await watch(node);
  void node.node.server.close();
  t.equal(await watcher.closed, 1001);
});

t.test("a stop does not wait for a watcher who never ends the connection", async (t) => {
  const real = realEnvironment();
  const { promise: grace, resolve } = Promise.withResolvers<() => void>();
  const after = (milliseconds: number, work: () => void) =>
    milliseconds === 8_000 ? (resolve(work), () => undefined) : real.timers.after(milliseconds, work);
  const environment = { ...real, timers: { ...real.timers, after } };
  const node = await startTestNode(t, { services: [registration, situationCenter], environment });
  const watcher = await watch(node);
  watcher.socket.pause();
  const stopped = node.node.stop();
  (await grace)();
  await stopped;
  watcher.socket.terminate();
});

t.test(
  "watchers are told when the log does not answer, also those who come meanwhile, and when it does again",
  async (t) => {
    const real = realEnvironment();
    const beats: (() => void)[] = [];
    const environment = {
      ...real,
      timers: {
        ...real.timers,
        after(milliseconds: number, work: () => void) {
          // The heartbeat comes when the test wants one, and what hangs is given up at once.
          if (milliseconds === 10_000) return (void beats.push(work), () => undefined);
          return real.timers.after(milliseconds === 2_000 ? 50 : milliseconds, work);
        },
      },
    };
    const memory = openMemoryEventStore({ environment });
    let isHanging = false;
    const hanging: (() => void)[] = [];
    const store: EventStore = {
      ...memory,
      async head() {
        if (isHanging) await new Promise<void>((resolve) => hanging.push(resolve));
        return memory.head();
      },
    };
    const node = await startTestNode(t, { services: [registration, situationCenter], environment, store });
    await register(node, 1);
    await node.settled();
    const heartbeatsOf = ({ messages }: { readonly messages: readonly Message[] }) =>
      messages.filter(({ type }) => type === "heartbeat").map(({ logUnavailable }) => logUnavailable === true);
    const beat = (): void => {
      for (const work of beats.splice(0)) work();
    };

    const early = await watch(node);
    beat();
    await early.until(() => heartbeatsOf(early).length === 1);
    isHanging = true;
    beat();
    await early.until(() => heartbeatsOf(early).length === 2);
    const late = await watch(node);
    late.say({ type: "subscribe", id: "all" });
    const [first, second] = await late.until((messages) => messages.length >= 2);
    t.match([first, second], [{ type: "heartbeat", logUnavailable: true }, { type: "snapshot" }]);
    isHanging = false;
    for (const release of hanging.splice(0)) release();
    beat();
    await early.until(() => heartbeatsOf(early).length === 3);
    t.same(heartbeatsOf(early), [false, true, false]);
    for (const { socket } of [early, late]) socket.close();
  },
);

t.test("a heartbeat never stands behind what a watcher was told", async (t) => {
  const real = realEnvironment();
  /** What is set first for the heartbeat's time is the heartbeat: it is called when the test wants one. */
  let beat: (() => void) | undefined;
  const environment = {
    ...real,
    timers: {
      ...real.timers,
      after(milliseconds: number, work: () => void) {
        if (milliseconds === 10_000) beat ??= work;
        return real.timers.after(milliseconds, work);
      },
    },
  };
  const node = await startTestNode(t, { services: [registration, situationCenter], environment });
  const { caseId } = await register(node, 1);
  await node.settled();
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  // Who looked at a case is on record, but nothing that a watcher is shown.
  t.equal((await registrar.get(`/registration/cases/${caseId}`)).status, 200);
  await node.settled();
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "all" });
  const [snapshot] = await watcher.until((messages) => messages.length > 0);
  beat?.();
  const heartbeat = (await watcher.until((messages) => messages.some(({ type }) => type === "heartbeat"))).at(-1);
  t.ok(BigInt(heartbeat.position) >= BigInt(snapshot.position), `${heartbeat.position} after ${snapshot.position}`);
  watcher.socket.close();
});

t.test("a position that the log has not reached is refused, and a snapshot is to be had", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  for (const [id, after] of Object.entries({ far: "1000000", farthest: "9".repeat(19) }))
    watcher.say({ type: "subscribe", id, after });
  const refused = (messages: readonly Message[]): Message[] => messages.filter(({ type }) => type === "refused");
  await watcher.until((messages) => refused(messages).length === 2);
  t.match(refused(watcher.messages)[0], {
    problem: { code: "position-unknown", status: 404, detail: /without `after`/ },
  });
  t.notOk(watcher.messages.some(({ type }) => type === "caughtUp"));
  watcher.say({ type: "subscribe", id: "far" });
  await watcher.until((messages) => messages.some(({ type }) => type === "snapshot"));
  watcher.socket.close();
});

t.test("a position of another replica, a little ahead of this one, is waited for", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  await register(node, 1);
  await node.settled();
  const head = await node.kit.store.head();
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "ahead", after: String(head + 1n) });
  watcher.say({ type: "subscribe", id: "other" });
  await watcher.until((messages) => messages.some(({ type }) => type === "snapshot"));
  await register(node, 2);
  await watcher.until((messages) => messages.some(({ type }) => type === "caughtUp"));
  await register(node, 3);
  await watcher.until(() => watcher.eventsOf("ahead").length >= 3);
  t.ok(watcher.eventsOf("ahead").every(({ position }) => BigInt(position) > head + 1n));
  t.notOk(watcher.messages.some(({ type }) => type === "refused"));
  watcher.socket.close();
});

t.test("any position within the log of one node is answered", async (t) => {
  const node = await startTestNode(t, { services: [registration, situationCenter] });
  for (const n of [1, 2]) await register(node, n);
  await node.settled();
  const watcher = await watch(node);
  for (const after of ["-1", "0", "1"]) watcher.say({ type: "subscribe", id: after, after });
  await watcher.until((messages) => messages.filter(({ type }) => type === "caughtUp").length === 3);
  for (const after of ["-1", "0", "1"])
    t.ok(watcher.eventsOf(after).every(({ position }) => BigInt(position) > BigInt(after)));
  t.equal(watcher.eventsOf("-1").length, 4);
  watcher.socket.close();
});

t.test("a watcher who leaves, or wants something else, ends what the log was reading for it", async (t) => {
  const store = openMemoryEventStore({ environment: realEnvironment() });
  const reads: AbortSignal[] = [];
  let wake: (() => void) | undefined;
  /** A log whose reads by watchers wait for ever. */
  const hanging: EventStore = {
    ...store,
    readAll: (options = {}) => {
      const { signal } = options;
      if (signal === undefined) return store.readAll(options);
      return {
        async *[Symbol.asyncIterator]() {
          reads.push(signal);
          wake?.();
          await new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              reject(signal.reason as Error);
              wake?.();
            });
          });
        },
      };
    },
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const node = await startTestNode(t, { services: [registration, situationCenter], store: hanging });
  await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  for (const id of ["left", "renewed", "refiltered", "broken"]) watcher.say({ type: "subscribe", id, after: "-1" });
  await until(() => reads.length === 4);
  watcher.say({ type: "unsubscribe", id: "left" });
  watcher.say({ type: "subscribe", id: "renewed" });
  watcher.say({ type: "filter", id: "refiltered", filter: {} });
  await until(() => reads.slice(0, 3).every(({ aborted }) => aborted));
  t.notOk(reads[3]?.aborted);
  watcher.socket.terminate();
  await until(() => reads[3]?.aborted === true);
  t.notOk(watcher.messages.some(({ type }) => type === "refused"));
});
