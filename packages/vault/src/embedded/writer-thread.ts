import { closeSync, openSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { createCommitter } from "./commit.ts";
import { openForWriting } from "./database.ts";
import type { FromWriter, ToWriter, WriterSettings } from "./protocol.ts";

/** The thread that writes the vault: no disk sync stands on the event loop that serves sockets. */

if (!parentPort) throw new Error("writer-thread.ts runs as a worker of write-queue.ts");
const port = parentPort;
const { databaseFile, filesFolder } = workerData as WriterSettings;
const database = openForWriting(databaseFile);
const descriptor = openSync(databaseFile, "r");
const committer = createCommitter(database, descriptor, filesFolder);

const answer = (message: ToWriter): FromWriter => {
  switch (message.kind) {
    case "commit":
      return { kind: "committed", outcomes: committer.commit(message.writes) };
    case "hold-files":
      committer.holdFiles(message.hold);
      return { kind: "done" };
    case "close":
      database.close();
      closeSync(descriptor);
      return { kind: "done" };
  }
};

port.on("message", (message: ToWriter) => {
  port.postMessage(answer(message));
  if (message.kind === "close") port.close();
});
