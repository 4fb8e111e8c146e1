import t from "tap";
import { StoreUnavailable, type EventStore } from "@safar/event-store";
import type { Reaction } from "../src/index.ts";
import { MAX_TRIES } from "../src/limits.ts";
import { journey, JourneyMoved } from "./journeys.ts";
import { parkedStream, parkedWords, poison } from "./parked.ts";
import { openReacting, whenJourneyMoved, type Command, type Spoil } from "./reacting.ts";
import { openStore } from "./store.ts";

t.test("an event becomes the reaction's command, once however often it comes", async (t) => {
  const store = openStore();
  const { write, handled, performed, reactor, close } = openReacting(store);
  await write({ stream: "journey-a", to: "training" }, { stream: "course-x", to: "started" });
  await handled.untilSeen(2);
  for (const event of handled.seen) await reactor.consumer.handle(event, 0);
  await close();
  t.strictSame(performed.sort(), ["visaDocs-a: moved to training", "visaDocs-x: trained started"]);
});

t.test("a refusal is told unless it was already done", async (t) => {
  const store = openStore();
  const spoil: Spoil = (event) => ({ refused: { code: event.data["to"] === "1" ? "already-done" : "too-young" } });
  const { write, handled, alarms, reactor, close } = openReacting(store, { current: spoil });
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  await close();
  t.match(alarms, [
    { kind: "reaction-refused", reaction: "when-journey-moved", targetStream: "visaDocs-a", code: "too-young" },
  ]);
  t.match(reactor.counts(), { handled: 2, refused: 2, performed: 0, parked: 0 });
});

t.test("an event that fails is parked after its last try, with an alarm and without the error's words", async (t) => {
  const store = openStore();
  const { write, handled, alarms, reactor, close } = openReacting(store, { current: poison("journey-a", "1") });
  const position = await write(...journey("a", "1"));
  await handled.untilSeen(1);
  await close();
  const [parked, ...others] = await parkedStream(store, "a");
  t.equal(others.length, 0);
  t.match(parked, {
    type: "EventParked",
    data: { reaction: "when-journey-moved", stream: "journey-a", revision: 0, position: position.toString() },
    meta: { service: "visa-docs", caseId: "a", region: "1726", causationId: handled.seen[0]?.id },
  });
  t.equal(parked?.data["reason"], `TypeError, ${MAX_TRIES} tries`);
  t.match(alarms, [{ kind: "event-parked", parkedStream: "visaDocsParked-a", error: { message: "cannot take it" } }]);
  t.match(reactor.counts(), { failed: MAX_TRIES, parked: 1, handled: 0 });
});

t.test("the case's later events are parked behind it, those of every reaction, while other cases go on", async (t) => {
  const store = openStore();
  const { write, handled, performed, alarms, reactor, close } = openReacting(store, {
    current: poison("journey-a", "1"),
  });
  await write(...journey("a", "1", "2"), { stream: "training-a", to: "3" }, ...journey("b", "1", "2"));
  await handled.untilSeen(5);
  t.strictSame(await parkedWords(store, "a"), ["EventParked 1", "EventParked 2", "EventParked 3"]);
  t.strictSame(performed, ["visaDocs-b: moved to 1", "visaDocs-b: moved to 2"]);
  t.equal(alarms.length, 1);
  t.match(reactor.counts(), { parked: 1, parkedBehind: 2 });
  await close();
});

t.test("a group's event without a case is parked by its stream", async (t) => {
  const store = openStore();
  const { write, handled, close } = openReacting(store, { current: poison("course-x", "1") });
  await write({ stream: "course-x", to: "1" }, { stream: "course-x", to: "2" });
  await handled.untilSeen(2);
  await close();
  t.strictSame(await parkedWords(store, "x"), ["EventParked 1", "EventParked 2"]);
});

t.test("an event before the parked one that comes again is not put behind it", async (t) => {
  const store = openStore();
  const { write, handled, reactor, close } = openReacting(store, { current: poison("journey-a", "2") });
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  const [first] = handled.seen;
  if (first) await reactor.consumer.handle(first, 0);
  await close();
  t.strictSame(await parkedWords(store, "a"), ["EventParked 2"]);
});

t.test("two commands for one stream would be one transaction, so the event is parked", async (t) => {
  const store = openStore();
  const twice: Reaction<Command> = {
    ...whenJourneyMoved,
    on: [{ category: "journey", contract: JourneyMoved }],
    then: () => [
      { stream: "visaDocs-a", note: "one" },
      { stream: "visaDocs-a", note: "two" },
    ],
  };
  const { write, handled, performed, close } = openReacting(store, undefined, [twice]);
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  await close();
  t.strictSame(performed, []);
  t.strictSame(await parkedWords(store, "a"), ["EventParked 1"]);
});

t.test("a log that is away is waited for, however long, and parks nothing", async (t) => {
  const store = openStore();
  let away = 5 * MAX_TRIES;
  const spoil: Spoil = () => {
    away -= 1;
    return away > 0 ? new StoreUnavailable("away", "not-stored") : undefined;
  };
  const { write, handled, performed, alarms, close } = openReacting(store, { current: spoil });
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1"]);
  t.strictSame(alarms, []);
  t.equal((await parkedStream(store, "a")).length, 0);
});

t.test("a log that is away while an event is parked is waited for too", async (t) => {
  const store = openStore();
  let away = 3;
  const limping: EventStore = {
    ...store,
    async append(stream, expected, events) {
      if (stream.startsWith("visaDocsParked-") && away-- > 0) throw new StoreUnavailable("away", "unknown");
      return store.append(stream, expected, events);
    },
  };
  const { write, handled, alarms, close } = openReacting(limping, { current: poison("journey-a", "1") });
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  await close();
  t.strictSame(await parkedWords(store, "a"), ["EventParked 1"]);
  t.equal(alarms.length, 1);
});
