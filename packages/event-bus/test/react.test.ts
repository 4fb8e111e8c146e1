import t from "tap";
import { decodeWith, type DecodedEvent } from "@safar/contracts";
import { StoreUnavailable, type EventStore } from "@safar/event-store";
import { parkedContractsOf, type Reaction, type Reactor } from "../src/index.ts";
import { MAX_RELEASED_AT_ONCE, MAX_TRIES } from "../src/limits.ts";
import { decoder, journey, JourneyMoved } from "./journeys.ts";
import { openReacting, whenJourneyMoved, type Command, type Spoil } from "./reacting.ts";
import { openStore } from "./store.ts";

const parkedStream = async (store: EventStore, id: string): Promise<DecodedEvent[]> => {
  const events: DecodedEvent[] = [];
  for await (const stored of store.readStream(`visaDocsParked-${id}`))
    events.push(decodeWith(parkedContractsOf("visa-docs"), stored));
  return events;
};
/** `EventParked 1`, `ParkedEventReleased 1`: what was parked, by the word its event has. */
const parkedWords = async (store: EventStore, id: string): Promise<string[]> => {
  const words = new Map<string, string>();
  for await (const stored of store.readAll({ filter: { categories: ["journey", "training", "course"] } }))
    words.set(stored.id, String(decoder.decode(stored).data["to"]));
  return (await parkedStream(store, id)).map(({ type, data }) => `${type} ${words.get(String(data["eventId"]))}`);
};

let requests = 0;
/** As an administrator asks; each time anew, unless the transaction of before is given. */
const replay = (reactor: Reactor, id: string, transactionId = `request ${(requests += 1)}`) =>
  reactor.replayParked(id, {
    actor: { id: "admin", role: "admin", kind: "human" },
    transactionId,
    occurredAt: "2026-02-16T09:00:00.000Z",
  });

/** Fails for one event, each time it comes. */
const poison =
  (stream: string, to: string): Spoil =>
  (event) =>
    event.stream === stream && event.data["to"] === to ? new TypeError("cannot take it") : undefined;

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

t.test("a replay works the parked events off in order, and then the case goes on as before", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2"), { stream: "training-a", to: "3" });
  await handled.untilSeen(3);
  spoil.current = () => undefined;
  t.match(await replay(reactor, "a"), {
    isKnown: true,
    release: { released: 3, waiting: 0, caseId: "a", revision: 5 },
  });
  await write(...journey("a", "4"));
  await handled.untilSeen(4);
  await close();
  t.strictSame(performed, [
    "visaDocs-a: moved to 1",
    "visaDocs-a: moved to 2",
    "visaDocs-a: trained 3",
    "visaDocs-a: moved to 4",
  ]);
  t.equal((await parkedStream(store, "a")).length, 6);
});

t.test("a replay that fails again leaves the event first in its line", async (t) => {
  const store = openStore();
  const { write, handled, performed, reactor, close } = openReacting(store, { current: poison("journey-a", "1") });
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  const eventId = handled.seen[0]?.id;
  const failed = await replay(reactor, "a");
  t.match(failed, { isKnown: true, failure: { eventId, reaction: "when-journey-moved" } });
  t.notOk(failed.release);
  t.strictSame(performed, []);
  await close();
});

t.test("replaying a case without parked events does nothing", async (t) => {
  const store = openStore();
  const { reactor, close } = openReacting(store);
  t.strictSame(await replay(reactor, "a"), { isKnown: false });
  t.equal((await parkedStream(store, "a")).length, 0);
  await close();
});

t.test("an event that comes again while it is parked, or after its release, changes nothing", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  for (const event of handled.seen) await reactor.consumer.handle(event, 0);
  t.equal((await parkedStream(store, "a")).length, 2);
  spoil.current = () => undefined;
  await replay(reactor, "a");
  for (const event of handled.seen) await reactor.consumer.handle(event, 0);
  await close();
  t.equal((await parkedStream(store, "a")).length, 4);
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
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

/** Does something once, right before the next append to a parked stream: the worst moment for a race. */
const withRace = (store: EventStore) => {
  const race: { before: (() => Promise<void>) | undefined } = { before: undefined };
  const racing: EventStore = {
    ...store,
    async append(stream, expected, events) {
      const before = stream.startsWith("visaDocsParked-") ? race.before : undefined;
      if (before) {
        race.before = undefined;
        await before();
      }
      return store.append(stream, expected, events);
    },
  };
  return { racing, race };
};

t.test("when the last parked event is released just before a later one is parked, that one is taken", async (t) => {
  const { racing, race } = withRace(openStore());
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(racing, spoil);
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  spoil.current = () => undefined;
  race.before = async () => {
    await replay(reactor, "a");
  };
  await write(...journey("a", "2"));
  await handled.untilSeen(2);
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.strictSame(await parkedWords(racing, "a"), ["EventParked 1", "ParkedEventReleased 1"]);
});

t.test("when a later event is parked just before a release, the replay takes it too", async (t) => {
  const { racing, race } = withRace(openStore());
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(racing, spoil);
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  spoil.current = () => undefined;
  race.before = async () => {
    await write(...journey("a", "2"));
    await handled.untilSeen(2);
  };
  t.match(await replay(reactor, "a"), { release: { released: 2, waiting: 0 } });
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.strictSame(await parkedWords(racing, "a"), [
    "EventParked 1",
    "EventParked 2",
    "ParkedEventReleased 1",
    "ParkedEventReleased 2",
  ]);
});

t.test("two replays at once release each event once", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  spoil.current = () => undefined;
  await Promise.all([replay(reactor, "a"), replay(reactor, "a")]);
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.equal((await parkedStream(store, "a")).length, 4);
});

t.test("a replay that another one overtakes releases nothing twice", async (t) => {
  const { racing, race } = withRace(openStore());
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(racing, spoil);
  await write(...journey("a", "1"));
  await handled.untilSeen(1);
  spoil.current = () => undefined;
  race.before = async () => {
    await write(...journey("a", "2"));
    await handled.untilSeen(2);
    await replay(reactor, "a");
  };
  await replay(reactor, "a");
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.strictSame(await parkedWords(racing, "a"), [
    "EventParked 1",
    "EventParked 2",
    "ParkedEventReleased 1",
    "ParkedEventReleased 2",
  ]);
});

t.test("a replay goes by the order in which things happened, not in which they were parked", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "2") };
  const { write, handled, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  const [first] = handled.seen;
  spoil.current = poison("journey-a", "1");
  for (let tries = 0; first && tries < MAX_TRIES; tries += 1)
    await reactor.consumer.handle(first, tries).catch(() => undefined);
  t.strictSame(await parkedWords(store, "a"), ["EventParked 2", "EventParked 1"]);
  const replayed: unknown[] = [];
  spoil.current = (event) => {
    replayed.push(event.data["to"]);
    return undefined;
  };
  await replay(reactor, "a");
  await close();
  t.strictSame(replayed, ["1", "2"]);
});

t.test("a release says who asked for it, and a request that is sent again is answered as the first time", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2"));
  await handled.untilSeen(2);
  spoil.current = () => undefined;
  const first = await replay(reactor, "a", "one");
  t.match((await parkedStream(store, "a")).at(-1), {
    type: "ParkedEventReleased",
    meta: { actor: { id: "admin", role: "admin" }, transactionId: "one", caseId: "a" },
  });
  spoil.current = poison("journey-a", "3");
  await write(...journey("a", "3"));
  await handled.untilSeen(3);
  spoil.current = () => undefined;
  t.strictSame(await replay(reactor, "a", "one"), first, "what was parked since is another request's");
  t.match(await replay(reactor, "a", "two"), { release: { released: 1, waiting: 0 } });
  await close();
});

t.test("a request that broke off goes on when it is sent again", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "1") };
  const { write, handled, performed, reactor, close } = openReacting(store, spoil);
  await write(...journey("a", "1", "2", "3"));
  await handled.untilSeen(3);
  spoil.current = (event) => (event.data["to"] === "2" ? new StoreUnavailable("away", "not-stored") : undefined);
  await t.rejects(replay(reactor, "a", "one"), { name: "StoreUnavailable" });
  spoil.current = () => undefined;
  t.match(await replay(reactor, "a", "one"), { release: { released: 3, waiting: 0 } });
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2", "visaDocs-a: moved to 3"]);
});

t.test("one request releases so many and no more", async (t) => {
  const store = openStore();
  const spoil = { current: poison("journey-a", "0") };
  const { write, handled, reactor, close } = openReacting(store, spoil);
  const words = Array.from({ length: MAX_RELEASED_AT_ONCE + 2 }, (_, index) => String(index));
  await write(...journey("a", ...words));
  await handled.untilSeen(words.length);
  spoil.current = () => undefined;
  const first = await replay(reactor, "a", "one");
  t.match(first, { release: { released: MAX_RELEASED_AT_ONCE, waiting: 2 } });
  t.strictSame(await replay(reactor, "a", "one"), first);
  t.match(await replay(reactor, "a", "two"), { release: { released: 2, waiting: 0 } });
  await close();
});
