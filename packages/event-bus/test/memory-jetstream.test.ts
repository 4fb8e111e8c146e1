import { createLifecycleBus, createMemoryJetStream, durablesOf, runRelay } from "../src/index.ts";
import { DURABLES, eventBusContract, type BusUnderTest } from "./contract.ts";
import { impatientEnvironment as environment } from "./environment.ts";
import { decoder } from "./journeys.ts";
import { openStore } from "./store.ts";

const openUnderTest = async (): Promise<BusUnderTest> => {
  const store = openStore();
  const broker = createMemoryJetStream({ environment });
  const stopping = new AbortController();
  const relay = runRelay({
    store,
    decoder,
    stream: broker.openStream(),
    durables: DURABLES.flatMap((durable) => durablesOf(durable)),
    environment,
    signal: stopping.signal,
  });
  return {
    store,
    open: async () => createLifecycleBus({ reader: broker.openReader(), store, decoder, environment }),
    async remove() {
      stopping.abort();
      await relay.ended;
      await store.close();
    },
  };
};

eventBusContract("the modelled JetStream", openUnderTest);
