import { randomUUID } from "node:crypto";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { serveUntilStopped } from "@safar/service-kit";

/** A process with nothing but a log on EventStoreDB, to which it appends when it is told a line. */
await serveUntilStopped({
  name: "log",
  variables: process.env,
  async start({ settings, environment, onFatal }) {
    const url = settings.EVENTSTORE_URL ?? "";
    const milliseconds = Number(process.env["LOG_LIMIT_MS"]);
    const limits = { appendMilliseconds: milliseconds, replaceMilliseconds: milliseconds };
    const store = await openEventStoreDb({ url, environment, onFatal, limits });
    const head = await store.head();
    const event = { id: randomUUID(), type: "NoteTaken", data: Buffer.from("{}"), metadata: Buffer.from("{}") };
    process.stdin.once("data", () => {
      store.append(`note-${event.id}`, "no-stream", [event]).catch(() => undefined);
      process.stdout.write("appending\n");
    });
    return { address: String(head), stop: () => store.close() };
  },
});
