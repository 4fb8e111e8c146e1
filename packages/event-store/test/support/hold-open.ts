import { writeSync } from "node:fs";
import { openEmbeddedEventStore } from "../../src/index.ts";
import { environment } from "./environment.ts";

/** Opens the log, says so, and keeps it until it is killed. */
const [, , folder = ""] = process.argv;
await openEmbeddedEventStore({ folder, environment });
writeSync(1, "open\n");
