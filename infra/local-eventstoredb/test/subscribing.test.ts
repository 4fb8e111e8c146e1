import {
  END,
  NO_STREAM,
  START,
  streamNameFilter,
  eventTypeFilter,
  TimeoutError,
  binaryEvent,
} from "@eventstore/db-client";
import t from "tap";
import { newStream, noted, notes, startServer } from "./support/server.ts";
import { follow } from "./support/subscriber.ts";

const { client } = await startServer(t);

t.test("a subscription to a stream gives what stands after a revision, then what comes", async (t) => {
  const stream = newStream();
  await client.appendToStream(stream, notes(5), { expectedRevision: NO_STREAM });
  const subscription = client.subscribeToStream(stream, { fromRevision: 2n });
  const subscriber = follow(subscription);
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  t.same(subscriber.heard, ["confirmation", 3, 4, "caughtUp"]);
  await client.appendToStream(stream, notes(3), { expectedRevision: 4n });
  await subscriber.until(() => subscriber.heard.length === 7);
  t.same(subscriber.heard.slice(4), [5, 6, 7]);
  await subscription.unsubscribe();
});

t.test("a stream that does not exist is caught up with only once it does", async (t) => {
  const stream = newStream();
  const subscription = client.subscribeToStream(stream, { fromRevision: START });
  const subscriber = follow(subscription);
  await subscriber.until(() => subscriber.heard.length === 1);
  await client.appendToStream(stream, notes(2), { expectedRevision: NO_STREAM });
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  t.same(subscriber.heard, ["confirmation", 0, 1, "caughtUp"]);
  await subscription.unsubscribe();
});

t.test("a subscription to everything begins after a position, or at the end", async (t) => {
  const stream = newStream();
  await client.appendToStream(stream, notes(5), { expectedRevision: NO_STREAM });
  let third;
  for await (const { event } of client.readStream(stream, { fromRevision: 2n, maxCount: 1 })) third = event!.position!;
  const filter = streamNameFilter({ prefixes: [stream] });
  const after = client.subscribeToAll({ fromPosition: third, filter });
  const atEnd = client.subscribeToAll({ fromPosition: END, filter });
  const subscribers = [after, atEnd].map(follow);
  for (const { until, heard } of subscribers) await until(() => heard.includes("caughtUp"));
  await client.appendToStream(stream, noted(5), { expectedRevision: 4n });
  for (const { until, heard } of subscribers) await until(() => heard.includes(5));
  t.same(subscribers[0]!.heard, ["confirmation", 3, 4, "caughtUp", 5]);
  t.same(subscribers[1]!.heard, ["confirmation", "caughtUp", 5]);
  await after.unsubscribe();
  await atEnd.unsubscribe();
});

t.test("filters go by the stream's name or the type, by prefix or regular expression", async (t) => {
  const stream = newStream();
  const { position } = await client.appendToStream(stream, noted(0), { expectedRevision: NO_STREAM });
  const other = { ...noted(2), type: `Odd${stream.slice(-12)}` };
  await client.appendToStream(stream, [noted(1), other, noted(3)], { expectedRevision: 0n });
  await client.appendToStream(newStream(), notes(3), { expectedRevision: NO_STREAM });
  const filters = [
    [streamNameFilter({ prefixes: ["none-", stream] }), [1, 2, 3]],
    [streamNameFilter({ regex: `^${stream}$` }), [1, 2, 3]],
    [eventTypeFilter({ prefixes: [other.type] }), [2]],
    [eventTypeFilter({ regex: `^O.*${other.type.slice(-6)}` }), [2]],
  ] as const;
  for (const [filter, expected] of filters) {
    const subscription = client.subscribeToAll({ fromPosition: position!, filter });
    const subscriber = follow(subscription);
    await subscriber.until(() => subscriber.heard.includes("caughtUp"));
    t.same(subscriber.heard, ["confirmation", ...expected, "caughtUp"]);
    await subscription.unsubscribe();
  }
});

t.test("a filtered subscription hears how far it is, also when nothing matches", async (t) => {
  const stream = newStream();
  const { position } = await client.appendToStream(stream, noted(0), { expectedRevision: NO_STREAM });
  await client.appendToStream(stream, notes(60), { expectedRevision: 0n });
  const reached: bigint[] = [];
  const subscription = client.subscribeToAll({
    fromPosition: position!,
    filter: streamNameFilter({
      prefixes: ["none-"],
      maxSearchWindow: 4,
      checkpointInterval: 5,
      checkpointReached: async (_, { commit }) => void reached.push(commit),
    }),
  });
  const subscriber = follow(subscription);
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  const whileCatchingUp = reached.length;
  for (let revision = 60n; revision < 90n; revision += 1n) {
    await client.appendToStream(stream, noted(0), { expectedRevision: revision });
  }
  await client.appendToStream(`none-${stream}`, noted(0), { expectedRevision: NO_STREAM });
  await subscriber.until(() => subscriber.heard.at(-1) === 0);
  t.ok(whileCatchingUp >= 2 && whileCatchingUp <= 4, `${whileCatchingUp} checkpoints in 60 events, one about every 20`);
  t.ok(reached.length > whileCatchingUp, "more come when it is live");
  t.ok(reached.every((commit, index) => commit > (reached[index - 1] ?? -1n)));
  await subscription.unsubscribe();
});

t.test("whoever goes on from a checkpoint gets exactly the next event", async (t) => {
  const wanted = newStream();
  const unwanted = newStream();
  const { position } = await client.appendToStream(wanted, noted(0), { expectedRevision: NO_STREAM });
  for (let revision = 0; revision < 12; revision += 1) {
    await client.appendToStream(unwanted, notes(5), {
      expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision * 5 - 1),
    });
    await client.appendToStream(wanted, noted(revision + 1), { expectedRevision: BigInt(revision) });
  }
  const checkpoints: { place: { commit: bigint; prepare: bigint }; before: number }[] = [];
  const subscribe = (fromPosition: { commit: bigint; prepare: bigint }, note = false) =>
    client.subscribeToAll({
      fromPosition,
      filter: streamNameFilter({
        prefixes: [wanted],
        maxSearchWindow: 4,
        checkpointInterval: 1,
        checkpointReached: async (_, place) => {
          if (note) checkpoints.push({ place, before: 0 });
        },
      }),
    });
  const first = subscribe(position!, true);
  const subscriber = follow(first);
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  await first.unsubscribe();
  const places = new Map<bigint, number>();
  for await (const { event } of client.readStream(wanted)) places.set(event!.position!.commit, Number(event!.revision));
  t.ok(checkpoints.length >= 3, `${checkpoints.length} checkpoints`);
  for (const { place } of checkpoints.slice(0, 5)) {
    const again = subscribe(place);
    const follower = follow(again);
    await follower.until(() => follower.heard.includes("caughtUp"));
    const expected = [...places].filter(([commit]) => commit > place.commit).map(([, revision]) => revision);
    t.same(follower.heard, ["confirmation", ...expected, "caughtUp"]);
    await again.unsubscribe();
  }
});

t.test("a live subscriber that takes nothing is dropped, one that catches up is not", async (t) => {
  const stream = newStream();
  const large = (count: number) =>
    Array.from({ length: count }, () => binaryEvent({ type: "Large", data: new Uint8Array(20_000) }));
  let revision = -1n;
  const append = async (count: number): Promise<void> => {
    const expectedRevision = revision === -1n ? NO_STREAM : revision;
    revision = (await client.appendToStream(stream, large(count), { expectedRevision })).nextExpectedRevision;
  };
  for (let round = 0; round < 8; round += 1) await append(50);
  const slow = client.subscribeToStream(stream, { fromRevision: START });
  const catchingUp = follow(slow);
  slow.pause();
  const live = client.subscribeToStream(stream, { fromRevision: END });
  const subscriber = follow(live);
  await subscriber.until(() => subscriber.heard.includes("caughtUp"));
  live.pause();
  for (let round = 0; round < 8; round += 1) await append(50);
  live.resume();
  const error = await subscriber.failed;
  t.ok(error instanceof TimeoutError && Number(error.code) === 10, String(error));
  t.match(error.message, /Consumer too slow .* Client resubscription required/);
  const got = subscriber.heard.filter((what) => typeof what === "number");
  t.same(
    got,
    Array.from(got, (_, index) => 400 + index),
    "what it got before is in order and without a gap",
  );
  slow.resume();
  await catchingUp.until(() => catchingUp.heard.includes(799));
  t.same(
    catchingUp.heard.filter((what) => typeof what === "number"),
    Array.from({ length: 800 }, (_, index) => index),
  );
  await slow.unsubscribe();
});
