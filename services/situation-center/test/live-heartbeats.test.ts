import t from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { register, startNode, watch, type Message } from "./support/watching.ts";

/** What a watcher learns from heartbeats: how far the log is, and that it is away. */

/** What is set first for the heartbeat's time is the heartbeat: it comes when the test wants one. */
const beatenByHand = () => {
  const real = realEnvironment();
  let beat: (() => void) | undefined;
  const environment = {
    ...real,
    timers: {
      ...real.timers,
      after(milliseconds: number, work: () => void) {
        if (milliseconds === 10_000) beat ??= work;
        return real.timers.after(milliseconds, work);
      },
    },
  };
  return { environment, beat: (): void => beat?.() };
};

t.test("a heartbeat never stands behind what a watcher was told", async (t) => {
  const { environment, beat } = beatenByHand();
  const node = await startNode(t, { environment });
  const { caseId } = await register(node, 1);
  await node.settled();
  const registrar = await node.as({ role: "registrar", unit: "1726" });
  // Who looked at a case is on record, but nothing that a watcher is shown.
  t.equal((await registrar.get(`/registration/cases/${caseId}`)).status, 200);
  await node.settled();
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "all" });
  const [snapshot] = await watcher.until((messages) => messages.length > 0);
  beat();
  const heartbeat = (await watcher.until((messages) => messages.some(({ type }) => type === "heartbeat"))).at(-1);
  t.ok(BigInt(heartbeat.position) >= BigInt(snapshot.position), `${heartbeat.position} after ${snapshot.position}`);
  watcher.socket.close();
});

t.test(
  "watchers are told when the log does not answer, also those who come meanwhile, and when it does again",
  async (t) => {
    const real = realEnvironment();
    const beats: (() => void)[] = [];
    const environment = {
      ...real,
      timers: {
        ...real.timers,
        after(milliseconds: number, work: () => void) {
          // The heartbeat comes when the test wants one, and what hangs is given up at once.
          if (milliseconds === 10_000) return (void beats.push(work), () => undefined);
          return real.timers.after(milliseconds === 2_000 ? 50 : milliseconds, work);
        },
      },
    };
    const memory = openMemoryEventStore({ environment });
    let isHanging = false;
    const hanging: (() => void)[] = [];
    const store: EventStore = {
      ...memory,
      async head() {
        if (isHanging) await new Promise<void>((resolve) => hanging.push(resolve));
        return memory.head();
      },
    };
    const node = await startNode(t, { environment, store });
    await register(node, 1);
    await node.settled();
    const heartbeatsOf = ({ messages }: { readonly messages: readonly Message[] }) =>
      messages.filter(({ type }) => type === "heartbeat").map(({ logUnavailable }) => logUnavailable === true);
    const beat = (): void => {
      for (const work of beats.splice(0)) work();
    };

    const early = await watch(node);
    beat();
    await early.until(() => heartbeatsOf(early).length === 1);
    isHanging = true;
    beat();
    await early.until(() => heartbeatsOf(early).length === 2);
    const late = await watch(node);
    late.say({ type: "subscribe", id: "all" });
    const [first, second] = await late.until((messages) => messages.length >= 2);
    t.match([first, second], [{ type: "heartbeat", logUnavailable: true }, { type: "snapshot" }]);
    isHanging = false;
    for (const release of hanging.splice(0)) release();
    beat();
    await early.until(() => heartbeatsOf(early).length === 3);
    t.same(heartbeatsOf(early), [false, true, false]);
    for (const { socket } of [early, late]) socket.close();
  },
);

t.test("a heartbeat never stands before what a watcher has still to be sent, of whichever subscription", async (t) => {
  const { environment, beat } = beatenByHand();
  const memory = openMemoryEventStore({ environment });
  const held = Promise.withResolvers<undefined>();
  const store: EventStore = {
    ...memory,
    async *readAll(options) {
      if (options?.limit !== undefined) await held.promise;
      yield* memory.readAll(options);
    },
  };
  const node = await startNode(t, { environment, store });
  const start = await store.head();
  await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "late", after: String(start) });
  watcher.say({ type: "subscribe", id: "now" });
  await watcher.until((messages) => ["behind", "snapshot"].every((type) => messages.some((m) => m.type === type)));
  beat();
  const [heartbeat] = (await watcher.until((messages) => messages.some(({ type }) => type === "heartbeat"))).slice(-1);
  t.equal(heartbeat.position, String(start), "who resumes there misses nothing");
  held.resolve(undefined);
  await watcher.until((messages) => messages.some(({ type }) => type === "caughtUp"));
  t.equal(watcher.eventsOf("late").length, 2);
  watcher.socket.close();
});
