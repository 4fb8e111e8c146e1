import { writeSync } from "node:fs";
import { openEmbeddedEventStore } from "../../src/index.ts";
import { migrateLog } from "../../src/eventstoredb/index.ts";
import { environment } from "./environment.ts";

/** Moves the log in a folder to a server, as a process of its own; says so when that is done. */
const [, , folder = "", to = ""] = process.argv;
const from = await openEmbeddedEventStore({ folder, environment });
await migrateLog({ from, to, environment });
writeSync(1, "moved\n");
await from.close();
