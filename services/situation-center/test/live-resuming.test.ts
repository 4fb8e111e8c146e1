import { join } from "node:path";
import t from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { register, startNode, watch } from "./support/watching.ts";

/** A watcher goes on from a position, without loss or repeat. */

t.test("after a break a watcher goes on where it was, without loss or repeat", async (t) => {
  const node = await startNode(t);
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
    const start = (log: EventStore) =>
      startNode(t, { store: log, readModelFile: (service) => join(folder, `${service}.sqlite`) });
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
  const node = await startNode(t);
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

t.test("a position of another replica, a little ahead of this one, is waited for", async (t) => {
  const node = await startNode(t);
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
  const node = await startNode(t);
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
