import t from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { register, startNode, watch } from "./support/watching.ts";

/** How watching ends: by a stop of the system, or by a watcher who leaves. */

t.test("watchers are told that the system is shutting down with 1001", async (t) => {
  const node = await startNode(t);
  const watcher = await watch(node);
  void node.node.server.close();
  t.equal(await watcher.closed, 1001);
});

t.test("a stop does not wait for a watcher who never ends the connection", async (t) => {
  const real = realEnvironment();
  const { promise: grace, resolve } = Promise.withResolvers<() => void>();
  const after = (milliseconds: number, work: () => void) =>
    milliseconds === 8_000 ? (resolve(work), () => undefined) : real.timers.after(milliseconds, work);
  const environment = { ...real, timers: { ...real.timers, after } };
  const node = await startNode(t, { environment });
  const watcher = await watch(node);
  watcher.socket.pause();
  const stopped = node.node.stop();
  (await grace)();
  await stopped;
  watcher.socket.terminate();
});

t.test("a watcher who leaves, or wants something else, ends what the log was reading for it", async (t) => {
  const store = openMemoryEventStore({ environment: realEnvironment() });
  const reads: AbortSignal[] = [];
  let wake: (() => void) | undefined;
  /** A log whose reads by watchers wait for ever. */
  const hanging: EventStore = {
    ...store,
    readAll: (options = {}) => {
      const { signal } = options;
      if (signal === undefined) return store.readAll(options);
      return {
        async *[Symbol.asyncIterator]() {
          reads.push(signal);
          wake?.();
          await new Promise((_, reject) => {
            signal.addEventListener("abort", () => {
              reject(signal.reason as Error);
              wake?.();
            });
          });
        },
      };
    },
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => (wake = resolve));
  };
  const node = await startNode(t, { store: hanging });
  await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  for (const id of ["left", "renewed", "refiltered", "broken"]) watcher.say({ type: "subscribe", id, after: "-1" });
  await until(() => reads.length === 4);
  watcher.say({ type: "unsubscribe", id: "left" });
  watcher.say({ type: "subscribe", id: "renewed" });
  watcher.say({ type: "filter", id: "refiltered", filter: {} });
  await until(() => reads.slice(0, 3).every(({ aborted }) => aborted));
  t.notOk(reads[3]?.aborted);
  watcher.socket.terminate();
  await until(() => reads[3]?.aborted === true);
  t.notOk(watcher.messages.some(({ type }) => type === "refused"));
});
