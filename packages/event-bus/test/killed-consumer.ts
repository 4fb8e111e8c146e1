import { createEmbeddedEventBus } from "../src/index.ts";
import { impatientEnvironment as environment } from "./environment.ts";
import { createWriter, decoder } from "./journeys.ts";
import { openStore } from "./store.ts";
import { writeSync } from "node:fs";

/** A process that handles 700 of 1,000 events, says which, and is killed in the middle of the next. */

const [, , file = ""] = process.argv;
const store = openStore();
const facts = Array.from({ length: 1_000 }, (_, index) => ({ stream: `journey-${index % 7}`, to: String(index) }));
await createWriter(store)(...facts);
const bus = createEmbeddedEventBus({ store, decoder, file, environment });
let handled = 0;
await bus.consume(
  {
    durable: "test",
    categories: ["journey"],
    types: ["JourneyMoved"],
    async handle(event) {
      handled += 1;
      if (handled > 700) process.kill(process.pid, "SIGKILL");
      // In the file as soon as it is handled: the process gets no second chance to say it.
      writeSync(1, `${event.stream}:${String(event.data["to"])}\n`);
    },
  },
  new AbortController().signal,
);
