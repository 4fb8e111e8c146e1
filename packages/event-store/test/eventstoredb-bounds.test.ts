import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import t from "tap";
import { createAppendGate } from "../src/eventstoredb/append-gate.ts";
import { defaultLimits, type EventStoreDbLimits } from "../src/eventstoredb/limits.ts";
import { environment } from "./support/environment.ts";
import { until } from "./support/until.ts";

/*
 * How many appends are in flight and wait. A server that holds its answers back would show the same, but not how many
 * of them the adapter has handed on.
 */

/** Never late, so that whoever is refused is refused at once. */
const patient = { ...defaultLimits, waitingMilliseconds: 3_600_000 };

const gateWith = (limits: Partial<EventStoreDbLimits>) => {
  const gate = createAppendGate(environment.timers, { ...patient, ...limits });
  const sent: string[] = [];
  const answers = new Map<string, () => void>();
  /** `stream` is sent, and answered when the test says so. */
  const pass = (stream: string, bytes = 1): Promise<void> =>
    gate.pass({ stream, bytes }, () => {
      sent.push(stream);
      return new Promise<void>((resolve) => answers.set(stream, resolve));
    });
  const answer = async (stream: string, passed: Promise<void> | undefined): Promise<void> => {
    answers.get(stream)?.();
    await passed;
  };
  return { gate, sent, pass, answer };
};

const BUSY = {
  name: "StoreOverloaded",
  outcome: "not-stored",
  message: /the log is overloaded: \d+ appends wait already/,
};

t.test("so many appends are in flight, so many wait, and one more is refused at once", async (t) => {
  const { gate, sent, pass, answer } = gateWith({ appendsInFlight: 2, waitingAppends: 3 });
  const passed = new Map(["a", "b", "c", "d", "e"].map((stream) => [stream, pass(stream)]));
  t.same(sent, ["a", "b"]);
  await t.rejects(pass("f"), BUSY);
  await answer("a", passed.get("a"));
  t.same(sent, ["a", "b", "c"]);
  passed.set("g", pass("g"));
  await t.rejects(pass("h"), BUSY);
  for (const stream of ["b", "c", "d", "e", "g"]) await answer(stream, passed.get(stream));
  t.same(sent, ["a", "b", "c", "d", "e", "g"]);
  await gate.drained();
});

t.test("bytes are bounded in the same way, and one append that is larger goes alone", async (t) => {
  const { gate, sent, pass, answer } = gateWith({ bytesInFlight: 10, waitingBytes: 25 });
  const passed = new Map([
    ["a", pass("a", 6)],
    ["b", pass("b", 4)],
    ["c", pass("c", 20)],
    ["d", pass("d", 5)],
  ]);
  t.same(sent, ["a", "b"]);
  await t.rejects(pass("e", 1), BUSY);
  await answer("a", passed.get("a"));
  t.same(sent, ["a", "b"], "the large one waits until nothing is in flight, and those behind it wait as well");
  await answer("b", passed.get("b"));
  t.same(sent, ["a", "b", "c"]);
  await answer("c", passed.get("c"));
  t.same(sent, ["a", "b", "c", "d"]);
  await answer("d", passed.get("d"));
  await gate.drained();
});

/** Waits for what only timers will end: alone they keep no process alive. */
const settled = async <Value>(promises: readonly Promise<Value>[]): Promise<PromiseSettledResult<Value>[]> => {
  let ended: PromiseSettledResult<Value>[] | undefined;
  void Promise.allSettled(promises).then((all) => (ended = all));
  await until(() => ended !== undefined);
  return ended ?? [];
};

/** More than any stack holds calls, and as many as may wait. */
const CROWD = 16_000;

t.test("thousands that waited for too long on one stream are told, and the line behind them goes on", async (t) => {
  const { gate, sent, pass, answer } = gateWith({ waitingMilliseconds: 20 });
  const hanging = pass("a");
  const late = await settled(Array.from({ length: CROWD }, () => pass("a")));
  t.ok(late.every((end) => end.status === "rejected" && end.reason.outcome === "not-stored"));
  t.match(late[0], { reason: { name: "StoreUnavailable", message: /had to wait for too long/ } });
  t.same(sent, ["a"], "nothing of them was sent");
  const next = pass("a");
  await answer("a", hanging);
  t.same(sent, ["a", "a"]);
  await answer("a", next);
  await gate.drained();
});

t.test("those that wait for room are told in the same way, and their streams are free again", async (t) => {
  const { gate, sent, pass, answer } = gateWith({ waitingMilliseconds: 20, appendsInFlight: 1 });
  const hanging = pass("a");
  const late = await settled(Array.from({ length: CROWD }, (_, index) => pass(`b${index % 100}`)));
  t.ok(late.every((end) => end.status === "rejected" && end.reason.outcome === "not-stored"));
  const next = pass("b0");
  await answer("a", hanging);
  t.same(sent, ["a", "b0"]);
  await answer("b0", next);
  await gate.drained();
});

t.test("an append that is late leaves its place to others, and its events to the collector", async (t) => {
  const { gate, pass, answer } = gateWith({ waitingMilliseconds: 20, waitingAppends: 1 });
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const hanging = pass("a");
  /** Nothing is left of it here but what it gives; its error would hold it for as long as the error is held. */
  const lateOne = async (): Promise<WeakRef<Uint8Array>> => {
    const events = new Uint8Array(1_000_000);
    const held = new WeakRef(events);
    const late = gate.pass({ stream: "a", bytes: 1 }, async () => events.byteLength);
    await t.rejects(pass("a"), BUSY, "one waits, as many as may");
    t.match(await settled([late]), [{ reason: { message: /had to wait for too long/ } }]);
    return held;
  };
  const held = await lateOne();
  await until(() => {
    collect();
    return held.deref() === undefined;
  });
  const next = pass("a");
  await answer("a", hanging);
  await answer("a", next);
  await gate.drained();
});
