import t from "tap";
import type { EventStore } from "@safar/event-store";
import { createLifecycleBus, createMemoryJetStream, durablesOf, runRelay } from "../src/index.ts";
import { createWriter, decoder, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { publishedIds } from "./support/judge.ts";
import { createVirtualTime } from "./support/virtual-time.ts";

/** A log that is read from a follower, which learns of an event after its message has come. */

t.test("an event that the log gets between two looks at it is handled, and not taken for a forged one", async (t) => {
  const { environment, pass } = createVirtualTime(1);
  const broker = createMemoryJetStream({ environment });
  const store = openStore();
  await createWriter(store)(...journey("a", "1"));
  const stop = new AbortController();
  const stream = broker.openStream();
  const relay = runRelay({ store, decoder, stream, durables: durablesOf("test"), environment, signal: stop.signal });
  let isBehind = true;
  const follower: EventStore = {
    ...store,
    readStream: (name, options) => store.readStream(isBehind ? "nothing-here" : name, options),
    async head() {
      isBehind = false;
      return store.head();
    },
  };
  const handled: string[] = [];
  const bus = createLifecycleBus({ reader: broker.openReader(), store: follower, decoder, environment });
  const handle = async ({ id }: { readonly id: string }): Promise<void> => void handled.push(id);
  const consumer = { durable: "test", categories: ["journey"], types: ["JourneyMoved"], handle };
  const consuming = bus.consume(consumer, stop.signal);
  await pass(30_000);
  t.strictSame(handled, await publishedIds(store));
  t.equal(bus.status().foreign, 0);
  stop.abort();
  const closing = bus.close();
  await pass(10_000);
  await Promise.all([relay.ended, consuming, closing]);
});
