import t from "tap";
import { runRelay, durablesOf } from "../src/index.ts";
import { openJetStream, openJetStreamEventBus } from "../src/jetstream/index.ts";
import { DURABLES, eventBusContract, type BusUnderTest } from "./contract.ts";
import { decoder } from "./journeys.ts";
import { openStore } from "./store.ts";
import { createNatsServer } from "./support/nats-server.ts";
import { quickEnvironment as environment } from "./support/quick-environment.ts";

/** One server for all of these tests; each makes the stream anew. */
const server = await createNatsServer();
await server.start();
t.teardown(() => server.remove());

const log = { warn: () => undefined };
const onFatal = (error: Error): void => {
  throw error;
};

const openUnderTest = async (): Promise<BusUnderTest> => {
  const store = openStore();
  const { url } = server;
  const jetstream = openJetStream({ url, limits: { storage: "memory" }, environment, log, onFatal });
  const stopping = new AbortController();
  const durables = DURABLES.flatMap((durable) => durablesOf(durable));
  const relay = runRelay({ store, decoder, stream: jetstream.stream, durables, environment, signal: stopping.signal });
  return {
    store,
    open: async () => openJetStreamEventBus({ url, service: "test", store, decoder, environment, log, onFatal }),
    async remove() {
      stopping.abort();
      await relay.ended;
      await jetstream.stream.remove();
      await jetstream.close();
      await store.close();
    },
  };
};

eventBusContract("JetStream", openUnderTest);
