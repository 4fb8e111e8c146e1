import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { openEmbeddedEventStore, StoreUnavailable } from "../../src/index.ts";
import { environment } from "./environment.ts";
import { eventOf } from "./events.ts";

/** Appends a few events, each to a stream of its own, for every line it is told, and says how each was taken. */

// The limit on files also sends a signal, which a disk does not.
process.on("SIGXFSZ", () => undefined);

const [, , folder = ""] = process.argv;
const store = await openEmbeddedEventStore({ folder, environment });
const padding = new Uint8Array(8_192);

const append = async (note: string): Promise<string> => {
  try {
    await store.append(`note-${note}`, "no-stream", [eventOf(note, { metadata: padding })]);
    return "stored";
  } catch (problem) {
    return problem instanceof StoreUnavailable ? problem.outcome : String(problem);
  }
};

writeSync(1, "ready\n");
for await (const line of createInterface({ input: process.stdin })) {
  const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => append(`${line}${index}`)));
  writeSync(1, `${JSON.stringify([...new Set(taken)])}\n`);
}
