import { openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { openEmbeddedEventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";
import { numberedEvents, WRITERS } from "./numbered-events.ts";

/**
 * Appends to many streams at once, notes in the file `acknowledged` which appends were acknowledged, and after so many
 * of them is killed, while the writer's thread is at work on the next.
 */

const [, , folder = "", round = "", appends = ""] = process.argv;
const store = await openEmbeddedEventStore({ folder, environment });
const notes = openSync(join(folder, "acknowledged"), "a");
let left = Number(appends);

const write = async (writer: number): Promise<never> => {
  const stream = `killed-${round}-${writer}`;
  for (let revision = 0; ;) {
    const events = numberedEvents(stream, revision);
    await store.append(stream, revision === 0 ? "no-stream" : revision - 1, events);
    revision += events.length;
    // Written at once: the process gets no second chance to say it.
    writeSync(notes, `${stream} ${revision}\n`);
    left -= 1;
    if (left < 0) process.kill(process.pid, "SIGKILL");
  }
};
await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)));
