import { writeSync } from "node:fs";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { environment } from "./environment.ts";

/** Runs the stand-in at a port, with its log in a folder, until it is killed; says so when it is ready. */
const [, , port = "", folder = ""] = process.argv;
await startLocalEventStoreDb({ environment, port: Number(port), folder });
writeSync(1, "ready\n");
