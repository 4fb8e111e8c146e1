import t from "tap";
import { openMemoryEventStore } from "@safar/event-store";
import { decoderOfEverything, realEnvironment } from "@safar/service-kit";
import { createNats, until } from "./support/nats-server.ts";
import { startTestRelay } from "./support/started-relay.ts";

/** What the relay's doors say while a server keeps its connections and answers nothing. */

t.setTimeout(120_000);
const environment = realEnvironment();
const { timers } = environment;
/** What the gateway waits for an answer: whoever takes longer is silent to it. */
const GATEWAY_WAITS_MS = 2_000;

t.test("log or broker hang: readiness and figures come in time all the same, and say which of them", async (t) => {
  const nats = await createNats();
  t.teardown(() => nats.remove());
  await nats.start();
  t.teardown(() => nats.stop());
  const store = openMemoryEventStore({ environment });
  let hanging: PromiseWithResolvers<undefined> | undefined;
  const head = async (): Promise<bigint> => {
    await hanging?.promise;
    return store.head();
  };
  const relay = await startTestRelay({ url: nats.url, store: { ...store, head }, decoder: decoderOfEverything() });
  t.teardown(() => relay.stop());
  const ask = async (path: string) => {
    const limit = new AbortController();
    const cancel = timers.after(GATEWAY_WAITS_MS, () => {
      limit.abort(new Error(`${path} does not answer`));
    });
    const answer = await fetch(`${relay.address}${path}`, { signal: limit.signal });
    const text = await answer.text().finally(cancel);
    return { status: answer.status, text };
  };
  const ready = async () => {
    const { status, text } = await ask("/health/ready");
    return { status, body: JSON.parse(text) };
  };
  const becomesReady = () => until("ready", async () => (await ready()).status === 200);
  await becomesReady();

  hanging = Promise.withResolvers<undefined>();
  t.match(await ready(), { status: 503, body: { status: "not-ready", log: false, stream: true } });
  const withoutLog = (await ask("/metrics")).text;
  t.match(withoutLog, /^safar_stream_up 1$/m);
  t.notMatch(withoutLog, /^safar_log_position/m, "nobody knows it now");
  hanging.resolve(undefined);
  hanging = undefined;
  await becomesReady();

  nats.freeze();
  t.match(await ready(), { status: 503, body: { status: "not-ready", log: true, stream: false } });
  const withoutStream = (await ask("/metrics")).text;
  t.match(withoutStream, /^safar_stream_up 0$/m);
  t.match(withoutStream, /^safar_log_position -1$/m);
  nats.goOn();
  await becomesReady();
});
