import t from "tap";
import { ROLES } from "@safar/contracts";
import { startReactingNodes } from "./support/reacting-nodes.ts";

/** What an operator does at night about a case whose reactions stand still. */

t.test("a failed event and what waits behind it are listed and released in order, by an administrator", async (t) => {
  const { failing, hold, freed, parkedRecords, settled, send, uuid, lines } = await startReactingNodes(t, 1);
  const [caseId, other] = [uuid(), uuid()];
  failing.add("illness");
  await hold(caseId, "illness", "document-check", "court");
  await hold(other, "court");
  await settled();
  t.strictSame(await freed(caseId), []);
  t.strictSame(await freed(other), ["court"], "other cases go on");

  const list = await send(0, "/registration/parked");
  t.equal(list.status, 200);
  t.match(list.body.items, [
    { id: caseId, caseId, waiting: 3, reaction: "when-held", reason: "TypeError, 5 tries", since: /^20.*Z$/ },
  ]);
  const line = await send(0, `/registration/parked/${caseId}`);
  const [first] = line.body.events;
  t.match(line.body.events, [
    { stream: `registration-${caseId}`, revision: 0, reason: "TypeError, 5 tries" },
    { revision: 1, reason: `behind ${first.eventId}` },
    { revision: 2, reason: `behind ${first.eventId}` },
  ]);
  t.match((await send(0, "/metrics")).text, 'safar_parked_cases{service="registration"} 1');

  const releases = `/registration/parked/${caseId}/releases`;
  const tooEarly = await send(0, releases, { post: {}, key: "early" });
  t.match(tooEarly, { status: 409, body: { code: "parked-event-fails", detail: new RegExp(first.eventId) } });
  t.strictSame(await freed(caseId), [], "nothing passes the first one");

  failing.clear();
  const done = await send(0, releases, { post: {}, key: "early" });
  t.match(done, { status: 200, body: { id: caseId, caseId, released: 3, waiting: 0, position: /^\d+$/ } });
  t.equal(done.headers.get("location"), `/registration/parked/${caseId}`);
  t.strictSame(await freed(caseId), ["illness", "document-check", "court"]);
  const after = await send(0, `/registration/parked?minPosition=${done.body.position}`);
  t.strictSame(after.body, { items: [] });
  t.equal((await send(0, `/registration/parked/${caseId}`)).status, 404);

  const again = await send(0, releases, { post: {}, key: "early" });
  t.strictSame([again.status, again.text], [done.status, done.text], "the same key has the same answer");
  t.match(await send(0, releases, { post: {} }), { status: 409, body: { code: "nothing-parked" } });

  await hold(caseId, "illness");
  await settled();
  t.equal((await freed(caseId)).at(-1), "illness", "the case goes on as before");
  const records = await parkedRecords(caseId);
  t.strictSame(
    records.map(({ type, actor }) => `${type} by ${actor}`),
    [
      ...Array<string>(3).fill("EventParked by registration"),
      ...Array<string>(3).fill("ParkedEventReleased by admin at night"),
    ],
  );
  const told = [...records.map(({ text }) => text), list.text, line.text, tooEarly.text, done.text, ...lines].join(
    "\n",
  );
  t.notMatch(told, /Aziza|Karimova/);
  t.match(lines.join("\n"), /support\/reacting-nodes\.ts/, "the log says where it failed");
});

t.test("nobody but an administrator sees or releases what is parked", async (t) => {
  const { failing, hold, freed, settled, send, uuid } = await startReactingNodes(t, 1);
  const caseId = uuid();
  failing.add("illness");
  await hold(caseId, "illness");
  await settled();
  failing.clear();
  for (const role of ROLES.filter((role) => role !== "admin")) {
    const paths = ["/registration/parked", `/registration/parked/${caseId}`] as const;
    for (const path of paths) t.equal((await send(0, path, { role })).status, 403, `${role} at ${path}`);
    t.equal((await send(0, `${paths[1]}/releases`, { role, post: {} })).status, 403, `${role} releases`);
  }
  t.strictSame(await freed(caseId), []);
});

t.test("what cannot be released is told in the language that was asked for", async (t) => {
  const { failing, hold, settled, send, uuid } = await startReactingNodes(t, 1);
  const caseId = uuid();
  failing.add("illness");
  await hold(caseId, "illness");
  await settled();
  const releases = `/registration/parked/${caseId}/releases`;
  t.match(await send(0, `/registration/parked/${uuid()}/releases`, { post: {} }), { status: 404 });
  t.match(await send(0, releases, { post: {}, key: "" }), { status: 400, body: { code: "idempotency-key-missing" } });
  t.match(await send(0, releases, { post: { all: true } }), { status: 400, body: { code: "invalid-request" } });
  const languages = ["uz-Latn", "uz-Cyrl", "ru", "en"];
  const told = await Promise.all(languages.map((language) => send(0, releases, { post: {}, language })));
  t.equal(new Set(told.map(({ body }) => body.title)).size, languages.length);
  for (const { body } of told) t.notMatch(body.detail, /[{}]/);
});

t.test("two replicas that are asked at once release each event once, in order", async (t) => {
  const { failing, hold, freed, parkedRecords, settled, send, uuid } = await startReactingNodes(t, 2);
  const caseId = uuid();
  const reasons = ["illness", "document-check", "court", "family", "other"];
  failing.add("illness");
  await hold(caseId, ...reasons);
  await settled();
  failing.clear();
  const releases = `/registration/parked/${caseId}/releases`;
  const answers = await Promise.all([0, 1].map((node) => send(node, releases, { post: {} })));
  const same = await Promise.all([0, 1].map((node) => send(node, releases, { post: {}, key: "same" })));
  t.strictSame(await freed(caseId), reasons);
  const released = (await parkedRecords(caseId)).filter(({ type }) => type === "ParkedEventReleased");
  t.equal(released.length, reasons.length);
  for (const { status, body } of answers) t.ok(status === 200 || body.code === "nothing-parked", String(status));
  const counted = answers.map(({ body }): number => body.released ?? 0);
  t.equal(counted[0]! + counted[1]!, reasons.length, "each counts what it released itself");
  t.strictSame(
    same.map(({ status }) => status),
    [409, 409],
  );
});
