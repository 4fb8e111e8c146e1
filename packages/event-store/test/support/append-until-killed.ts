import { writeSync } from "node:fs";
import { openEmbeddedEventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";
import { numberedEvents, WRITERS } from "./numbered-events.ts";

/** Appends to many streams at once for ever, and says of each append that it was acknowledged once it was. */

const [, , folder = "", round = ""] = process.argv;
const store = await openEmbeddedEventStore({ folder, environment });

const write = async (writer: number): Promise<never> => {
  const stream = `killed-${round}-${writer}`;
  for (let revision = 0; ;) {
    const events = numberedEvents(stream, revision);
    await store.append(stream, revision === 0 ? "no-stream" : revision - 1, events);
    revision += events.length;
    // Written at once: the process gets no second chance to say it.
    writeSync(1, `${stream} ${revision}\n`);
  }
};
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
