import { randomUUID } from "node:crypto";
import t from "tap";
import { register, startNode, watch, type Message } from "./support/watching.ts";

/** What a watcher of the live stream is shown. */

t.test("a watcher gets a snapshot and then every event after it, in order, with nothing personal", async (t) => {
  const node = await startNode(t);
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

t.test("a filter lets only what matches through, and a new filter begins with a new snapshot", async (t) => {
  const node = await startNode(t);
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

t.test("a watch list and a filter of as many values as are allowed show what fits them, newest first", async (t) => {
  const node = await startNode(t);
  const cases: string[] = [];
  for (const n of [1, 2, 3]) cases.push((await register(node, n, { regionSoato: n === 2 ? "1726" : "1703" })).caseId);
  await node.settled();
  const watcher = await watch(node);
  const some = (count: number) => Array.from({ length: count }, (_, index) => `value ${index}`);
  const strangers = Array.from({ length: 500 - cases.length }, () => randomUUID());
  const shown = async (id: string, filter: object): Promise<{ cases: string[]; counted: number }> => {
    watcher.say({ type: "subscribe", id, filter });
    const answerOf = (messages: readonly Message[]) => messages.find((message) => message.id === id);
    const answer = answerOf(await watcher.until((messages) => answerOf(messages) !== undefined));
    const counted = answer.counters.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
    return { cases: answer.cases.map(({ caseId }: { caseId: string }) => caseId), counted };
  };
  const [first, , third] = cases;
  t.same(await shown("list", { cases: [...cases, ...strangers] }), { cases: cases.toReversed(), counted: 3 });
  const regions = ["1703", ...some(99)];
  const services = ["registration", ...some(99)];
  t.same(await shown("values", { regions, services }), { cases: [third, first], counted: 2 });
  t.same(await shown("both", { regions, cases: [...cases, ...cases] }), { cases: [third, first], counted: 2 });
  watcher.socket.close();
});

t.test("the sub-protocol that is spoken is ours, wherever it stands in the client's list", async (t) => {
  const node = await startNode(t);
  const watcher = await watch(node, ["other.v1", "safar.v1"]);
  t.equal(watcher.socket.protocol, "safar.v1");
  watcher.socket.close();
});
