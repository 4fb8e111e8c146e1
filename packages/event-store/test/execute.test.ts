import fc from "fast-check";
import t from "tap";
import { MAX_CONFLICT_RETRIES, StoreUnavailable, type EventStore, type Outcome } from "../src/index.ts";
import { collect } from "./support/events.ts";
import {
  cancelling,
  context,
  executorOf,
  held,
  hold,
  newStore,
  uuid,
  withOthers,
  type HoldCommand,
} from "./support/holds.ts";

const REASONS = ["document-check", "court-order", "illness"];

/** What of an answer must be the same for ever. */
const answerOf = (outcome: Outcome) =>
  outcome.kind === "recorded"
    ? { ids: outcome.events.map(({ id }) => id), revision: outcome.revision, position: outcome.position }
    : undefined;

const everything = async (store: EventStore) =>
  (await collect(store.readAll())).map(({ id, stream, revision }) => ({ id, stream, revision }));

const command: fc.Arbitrary<HoldCommand> = fc.record({
  type: fc.constantFrom("Hold" as const, "Free" as const),
  reason: fc.constantFrom(...REASONS),
});

t.test("the same transaction adds nothing, at once, later, and to an executor that knows nothing yet", async (t) => {
  const steps = fc.array(fc.record({ command, stream: fc.nat(2) }), { maxLength: 25 });
  const property = fc.asyncProperty(steps, async (commands) => {
    const store = newStore();
    const executor = executorOf(store);
    const done: { execution: ReturnType<typeof hold>; answer: unknown }[] = [];
    for (const { command: given, stream } of commands) {
      const execution = { ...hold(`case${stream}`, ""), command: given as never };
      const first = await executor.execute(execution);
      const before = await everything(store);
      const again = await executor.execute(execution);
      t.same(await everything(store), before);
      t.equal(again.kind, first.kind);
      if (first.kind !== "recorded") continue;
      t.ok(again.kind === "recorded" && again.repeated && !first.repeated);
      t.same(answerOf(again), answerOf(first));
      done.push({ execution, answer: answerOf(first) });
    }
    const before = await everything(store);
    for (const other of [executor, executorOf(store)])
      for (const { execution, answer } of done) t.same(answerOf(await other.execute(execution)), answer);
    t.same(await everything(store), before);
    await store.close();
  });
  await fc.assert(property, { numRuns: 30 });
});

t.test("many at once with the same transaction are one", async (t) => {
  const store = newStore();
  const execution = hold("c", "illness");
  const outcomes = await Promise.all(
    Array.from({ length: MAX_CONFLICT_RETRIES }, () => executorOf(store).execute(execution)),
  );
  t.equal(new Set(outcomes.map((outcome) => JSON.stringify(answerOf(outcome)?.ids))).size, 1);
  t.equal((await everything(store)).length, 1);
});

t.test("who comes second decides again on what the first one left", async (t) => {
  const store = newStore();
  const other = executorOf(store);
  const rival = (reason: string) => {
    let isFirst = true;
    return executorOf(
      withOthers(store, async () => {
        if (isFirst) {
          isFirst = false;
          await other.execute(hold("c", reason));
        }
      }),
    );
  };
  t.match(await rival("court-order").execute(hold("c", "illness")), { kind: "recorded", revision: 1 });
  const late = await rival("document-check").execute(hold("c", "document-check"));
  t.same(late, { kind: "refused", refusal: { code: "already-done" } });
  t.same((await other.load(held, "c")).state, ["court-order", "illness", "document-check"]);
});

t.test("who is always second is told to wait, after so many tries and no fewer", async (t) => {
  const store = newStore();
  const other = executorOf(store);
  const overtakenTimes = (times: number) => {
    let left = times;
    return executorOf(
      withOthers(store, async () => {
        left -= 1;
        if (left >= 0) await other.execute(hold("c", `reason-${uuid()}`));
      }),
    );
  };
  t.equal((await overtakenTimes(MAX_CONFLICT_RETRIES).execute(hold("c", "illness"))).kind, "recorded");
  t.same(await overtakenTimes(MAX_CONFLICT_RETRIES + 1).execute(hold("c", "court-order")), { kind: "contended" });
});

t.test("a command on an older revision than the present one is not taken, unless it was taken before", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  await executor.execute(hold("c", "illness"));
  t.same(await executor.execute(hold("c", "court-order", { ifMatch: 3 })), { kind: "precondition-failed", actual: 0 });
  const taken = hold("c", "court-order", { ifMatch: 0 });
  t.match(await executor.execute(taken), { kind: "recorded", revision: 1 });
  await executor.execute(hold("c", "document-check"));
  t.match(await executor.execute(taken), { kind: "recorded", repeated: true, revision: 1 });
});

t.test("a command on a revision that is overtaken while it is decided is not taken", async (t) => {
  const store = newStore();
  const other = executorOf(store);
  await other.execute(hold("c", "illness"));
  const executor = executorOf(withOthers(store, () => other.execute(hold("c", "court-order"))));
  t.same(await executor.execute(hold("c", "document-check", { ifMatch: 0 })), {
    kind: "precondition-failed",
    actual: 1,
  });
});

t.test("a transaction is one request: another under the same id is told so, and recorded nowhere", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  const first = hold("c", "illness");
  await executor.execute(first);
  const before = await everything(store);
  for (const requestHash of ["bb", undefined])
    t.same(
      await executor.execute({
        ...hold("c", "court-order"),
        transactionId: first.transactionId,
        context: { ...context(), requestHash },
      }),
      { kind: "different-request" },
    );
  t.same(await everything(store), before);
  t.same(answerOf((await executor.pastAnswer(first))!)?.revision, 0);
  t.equal(await executor.pastAnswer(hold("c", "illness")), undefined);
});

t.test("an append whose outcome nobody knows is repeated unchanged, and stored once", async (t) => {
  const store = newStore();
  let failures = 2;
  const shaky: EventStore = {
    ...store,
    async append(stream, expected, events) {
      const result = await store.append(stream, expected, events);
      failures -= 1;
      if (failures >= 0) throw new StoreUnavailable("the answer was lost", "unknown");
      return result;
    },
  };
  t.match(await executorOf(shaky).execute(hold("c", "illness")), { kind: "recorded", repeated: false, revision: 0 });
  t.equal((await everything(store)).length, 1);
});

t.test("an append that was surely not stored is the caller's to repeat", async (t) => {
  const store = newStore();
  const diskFull = new StoreUnavailable("disk full", "not-stored");
  const full: EventStore = { ...store, append: () => Promise.reject(diskFull) };
  const execution = hold("c", "illness");
  await t.rejects(executorOf(full).execute(execution), diskFull);
  t.match(await executorOf(store).execute(execution), { kind: "recorded", repeated: false });
});

t.test("what would be refused is told beforehand, and nothing is recorded by asking", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  t.equal(await executor.preview(hold("c", "illness")), undefined);
  t.equal(await store.head(), -1n);
  await executor.execute(hold("c", "illness"));
  t.match(await executor.preview(hold("c", "illness")), { kind: "refused", refusal: { code: "already-done" } });
});

t.test("a stream of a case takes person and unit from the case's registration, and keeps its case", async (t) => {
  const store = newStore();
  const executor = executorOf(store);
  const [mine, other, policyId] = [uuid(), uuid(), uuid()];
  for (const caseId of [mine, other])
    await executor.execute(hold(caseId, "illness", { header: { personId: `p-${caseId}`, unit: "1726" } }));
  const cancel = (caseId: string) =>
    executor.execute({
      aggregate: cancelling,
      id: policyId,
      command: { round: uuid() },
      transactionId: uuid(),
      context: context(),
      header: { caseId, destination: "DE" },
    });
  const own = { caseId: mine, personId: `p-${mine}`, unit: "1726", destination: "DE" };
  t.match(await cancel(mine), { events: [{ meta: own }] });
  t.match(await cancel(other), { events: [{ meta: own }] }, "whoever's event gave rise to it");
  t.same(await executor.execute({ ...hold("x", ""), aggregate: cancelling, header: { caseId: uuid() } }), {
    kind: "unknown-case",
  });
});
