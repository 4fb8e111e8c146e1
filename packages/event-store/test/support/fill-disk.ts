import { writeSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openEmbeddedEventStore, StoreUnavailable, type EventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";
import { collect, eventOf, noteOf } from "./events.ts";

/** Runs where FOLDER is a small disk: fills it, makes space again, and says in lines of JSON how the log took it. */

const [, , folder = ""] = process.argv;
const ballast = join(folder, "ballast");
/** The stream's events have a few kilobytes each, so that a full disk is met soon. */
const padding = new Uint8Array(8_192);

const say = (line: unknown): void => {
  writeSync(1, `${JSON.stringify(line)}\n`);
};

const append = async (store: EventStore, note: string): Promise<string> => {
  try {
    await store.append(`disk-${note}`, "no-stream", [eventOf(note, { metadata: padding })]);
    return "stored";
  } catch (problem) {
    return problem instanceof StoreUnavailable ? problem.outcome : String(problem);
  }
};

const fill = async (): Promise<void> => {
  for (let size = 1_048_576; size >= 1; size = Math.floor(size / 2)) {
    for (;;) {
      try {
        await writeFile(ballast, new Uint8Array(size), { flag: "a" });
      } catch {
        break;
      }
    }
  }
};

const store = await openEmbeddedEventStore({ folder, environment });
say(await append(store, "before"));
await fill();
const notes = Array.from({ length: 40 }, (_, index) => `full${index}`);
say(await Promise.all(notes.map((note) => append(store, note))));
say(await append(store, "still full"));
say((await collect(store.readAll())).map(noteOf));
await rm(ballast);
say(await append(store, "space again"));
say(await append(store, "full0"));
await store.close();
const again = await openEmbeddedEventStore({ folder, environment });
say((await collect(again.readAll())).map(noteOf));
await again.close();
