import t from "tap";
import { createAppendGate } from "../src/eventstoredb/append-gate.ts";
import { defaultLimits, type EventStoreDbLimits } from "../src/eventstoredb/limits.ts";
import { environment } from "./support/environment.ts";

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

const BUSY = { name: "StoreUnavailable", outcome: "not-stored", message: /the log is busy: \d+ appends wait already/ };

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
