import { randomUUID } from "node:crypto";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { serveUntilStopped } from "@safar/service-kit";

/** A process with nothing but a log on EventStoreDB, to which it appends when it is told a line. */
await serveUntilStopped({
  name: "log",
  variables: process.env,
  async start({ settings, environment, onFatal }) {
    const url = settings.EVENTSTORE_URL ?? "";
    const limits = { appendMilliseconds: 500, replaceMilliseconds: 500 };
    const store = await openEventStoreDb({ url, environment, onFatal, limits });
    const head = await store.head();
    const event = { id: randomUUID(), type: "NoteTaken", data: Buffer.from("{}"), metadata: Buffer.from("{}") };
    process.stdin.once("data", () => {
      store.append(`note-${event.id}`, "no-stream", [event]).catch(() => undefined);
    });
    return { address: String(head), stop: () => store.close() };
  },
});
