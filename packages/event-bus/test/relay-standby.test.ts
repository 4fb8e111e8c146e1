import t from "tap";
import { createMemoryJetStream, durablesOf, referenceOf, runRelay } from "../src/index.ts";
import { createWriter, decoder, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { publishedIds } from "./support/judge.ts";
import { createVirtualTime } from "./support/virtual-time.ts";

/** What the relay that stands by does once the other one is gone. */

t.test(
  "what an older state of the stream lacks is sent by the relay that stood by, though the log is quiet",
  async (t) => {
    const { environment, pass } = createVirtualTime(1);
    const broker = createMemoryJetStream({ environment });
    const store = openStore();
    const write = createWriter(store);
    const [one, other] = [0, 1].map(() => {
      const stop = new AbortController();
      const stream = broker.openStream();
      const relay = runRelay({
        store,
        decoder,
        stream,
        durables: durablesOf("test"),
        environment,
        signal: stop.signal,
      });
      return { relay, stop };
    });
    if (!one || !other) return;
    await write(...journey("a", "1", "2", "3"));
    // Long enough to stand by, and to have seen that nothing is left to be sent.
    await pass(60_000);
    const isStandingBy = ({ relay }: typeof one): boolean => relay.status().state === "standing-by";
    t.equal([one, other].filter(isStandingBy).length, 1);
    const [working, waiting] = isStandingBy(one) ? [other, one] : [one, other];
    working.stop.abort();
    await pass(1_000);
    await working.relay.ended;

    broker.kill();
    broker.restore(1, true);
    broker.start();
    await pass(60_000);
    t.strictSame(
      broker.messages().map((message) => referenceOf(message)?.id),
      await publishedIds(store),
    );
    waiting.stop.abort();
    await pass(10_000);
    await waiting.relay.ended;
  },
);
