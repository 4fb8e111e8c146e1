import t from "tap";
import { StoreUnavailable, type EventStore } from "@safar/event-store";
import { MAX_RELEASED_AT_ONCE, MAX_TRIES } from "../src/limits.ts";
import { journey } from "./journeys.ts";
import { openParked, parkedStream, parkedWords, poison, replay } from "./parked.ts";
import { openReacting } from "./reacting.ts";
import { openStore } from "./store.ts";

t.test("a replay works the parked events off in order, and then the case goes on as before", async (t) => {
  const store = openStore();
  const { write, handled, performed, reactor, mend, close } = await openParked(store, "1", "2");
  await write({ stream: "training-a", to: "3" });
  await handled.untilSeen(3);
  mend();
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
  const { handled, performed, reactor, close } = await openParked(store, "1", "2");
  const eventId = handled.seen[0]?.id;
  const failed = await replay(reactor, "a");
  t.match(failed, { isKnown: true, failure: { eventId, reaction: "when-journey-moved" } });
  t.notOk(failed.release);
  t.strictSame(performed, []);
  t.strictSame(await parkedWords(store, "a"), ["EventParked 1", "EventParked 2"]);
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
  const { handled, performed, reactor, mend, close } = await openParked(store, "1", "2");
  for (const event of handled.seen) await reactor.consumer.handle(event, 0);
  t.equal((await parkedStream(store, "a")).length, 2);
  mend();
  await replay(reactor, "a");
  for (const event of handled.seen) await reactor.consumer.handle(event, 0);
  await close();
  t.equal((await parkedStream(store, "a")).length, 4);
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
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
  const { write, handled, performed, reactor, mend, close } = await openParked(racing, "1");
  mend();
  race.before = async () => {
    await replay(reactor, "a");
  };
  await write(...journey("a", "2"));
  await handled.untilSeen(2);
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.strictSame(await parkedWords(racing, "a"), ["EventParked 1", "ParkedEventReleased 1"]);
});

for (const { isOvertaken, name } of [
  { isOvertaken: false, name: "when a later event is parked just before a release, the replay takes it too" },
  { isOvertaken: true, name: "a replay that another one overtakes releases nothing twice" },
])
  t.test(name, async (t) => {
    const { racing, race } = withRace(openStore());
    const { write, handled, performed, reactor, mend, close } = await openParked(racing, "1");
    mend();
    race.before = async () => {
      await write(...journey("a", "2"));
      await handled.untilSeen(2);
      if (isOvertaken) await replay(reactor, "a");
    };
    const { release } = await replay(reactor, "a");
    if (!isOvertaken) t.match(release, { released: 2, waiting: 0 });
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
  const { performed, reactor, mend, close } = await openParked(store, "1", "2");
  mend();
  await Promise.all([replay(reactor, "a"), replay(reactor, "a")]);
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2"]);
  t.equal((await parkedStream(store, "a")).length, 4);
});

t.test("a release says who asked for it, and a request that is sent again is answered as the first time", async (t) => {
  const store = openStore();
  const { write, handled, reactor, fail, mend, close } = await openParked(store, "1", "2");
  mend();
  const first = await replay(reactor, "a", "one");
  t.match((await parkedStream(store, "a")).at(-1), {
    type: "ParkedEventReleased",
    meta: { actor: { id: "admin", role: "admin" }, transactionId: "one", caseId: "a" },
  });
  fail(poison("journey-a", "3"));
  await write(...journey("a", "3"));
  await handled.untilSeen(3);
  mend();
  t.strictSame(await replay(reactor, "a", "one"), first, "what was parked since is another request's");
  t.match(await replay(reactor, "a", "two"), { release: { released: 1, waiting: 0 } });
  await close();
});

t.test("a request that broke off goes on when it is sent again", async (t) => {
  const { performed, reactor, fail, mend, close } = await openParked(openStore(), "1", "2", "3");
  fail((event) => (event.data["to"] === "2" ? new StoreUnavailable("away", "not-stored") : undefined));
  await t.rejects(replay(reactor, "a", "one"), { name: "StoreUnavailable" });
  mend();
  t.match(await replay(reactor, "a", "one"), { release: { released: 3, waiting: 0 } });
  await close();
  t.strictSame(performed, ["visaDocs-a: moved to 1", "visaDocs-a: moved to 2", "visaDocs-a: moved to 3"]);
});

t.test("one request releases so many and no more", async (t) => {
  const words = Array.from({ length: MAX_RELEASED_AT_ONCE + 1 }, (_, index) => String(index + 1));
  const { reactor, mend, close } = await openParked(openStore(), "0", ...words);
  mend();
  const first = await replay(reactor, "a", "one");
  t.match(first, { release: { released: MAX_RELEASED_AT_ONCE, waiting: 2 } });
  t.strictSame(await replay(reactor, "a", "one"), first);
  t.match(await replay(reactor, "a", "two"), { release: { released: 2, waiting: 0 } });
  await close();
});
