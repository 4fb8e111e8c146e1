import t from "tap";
import { createMemoryJetStream, runRelay } from "../src/index.ts";
import { createWriter, decoder } from "./journeys.ts";
import { openStore } from "./store.ts";
import { factsOf } from "./support/facts.ts";
import { publishedIds } from "./support/judge.ts";
import { createVirtualTime } from "./support/virtual-time.ts";

/** The client sends what is published in one turn as one packet: one for each message halves the relay's rate. */

t.test("events that the log gives at once are published in one turn, up to the window", async (t) => {
  const time = createVirtualTime(1);
  const { environment } = time;
  const broker = createMemoryJetStream({ environment });
  const store = openStore();
  await createWriter(store)(...factsOf(400));
  const own = broker.openStream();
  let turns = 0;
  let isSameTurn = false;
  const stop = new AbortController();
  const relay = runRelay({
    store,
    decoder,
    stream: {
      ...own,
      publish(message, expected) {
        if (!isSameTurn) {
          turns += 1;
          isSameTurn = true;
          queueMicrotask(() => (isSameTurn = false));
        }
        return own.publish(message, expected);
      },
    },
    durables: [],
    environment,
    signal: stop.signal,
  });
  await time.pass(10_000);
  stop.abort();
  await time.pass(1_000);
  await relay.ended;
  const published = (await publishedIds(store)).length;
  t.equal(broker.messages().length, published);
  t.ok(turns < published / 20, `${turns} turns for ${published} messages`);
});
