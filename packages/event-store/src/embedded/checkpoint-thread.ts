import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { CheckpointResult } from "./checkpoints.ts";
import { setUpConnection } from "./schema.ts";
import { messageOf } from "./sqlite-errors.ts";

/* The helper of checkpoints.ts: one checkpoint each time it is asked. */

const database = new DatabaseSync(String(workerData));
setUpConnection(database);
const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");

const run = (): CheckpointResult => {
  try {
    const { log, checkpointed } = checkpoint.get() ?? {};
    return { log: Number(log), checkpointed: Number(checkpointed) };
  } catch (problem) {
    return { log: 0, checkpointed: 0, problem: messageOf(problem) };
  }
};

parentPort?.on("message", (message: "checkpoint" | "stop") => {
  if (message === "checkpoint") {
    parentPort?.postMessage(run());
    return;
  }
  database.close();
  parentPort?.close();
});
