import { EventStoreDBClient } from "@eventstore/db-client";
import t from "tap";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "./support/events.ts";
import { openAt } from "./support/open-eventstoredb.ts";

/*
 * Streams that somebody has deleted on the server, which Safar never does and its users may not: the stand-in does not
 * delete, so this needs a real server at EVENTSTORE_URL.
 */

const url = process.env["EVENTSTORE_URL"] ?? "";
const skip = url === "" && "needs a real server at EVENTSTORE_URL";

t.test("a stream that was deleted is not taken for one that never was", { skip }, async (t) => {
  const [soft, hard] = [streamIn("deleted"), streamIn("deleted")];
  const before = await openAt(t, url);
  for (const stream of [soft, hard]) await writeNotes(before, stream, ["a", "b", "c"]);
  await before.close();
  const client = EventStoreDBClient.connectionString(url);
  await client.deleteStream(soft);
  await client.tombstoneStream(hard);
  await client.dispose();

  const store = await openAt(t, url);
  t.same(await collect(store.readStream(soft)), []);
  await t.rejects(collect(store.readStream(hard)), /was deleted in EventStoreDB, for good/);
  await t.rejects(store.append(hard, "no-stream", [eventOf("d")]), /was deleted in EventStoreDB, for good/);
  await t.rejects(store.append(soft, "no-stream", [eventOf("d")]), {
    name: "StreamWasDeleted",
    message: /its next event stands at 3, not at 0/,
  });
  t.same(notesOf(await collect(store.readStream(soft))), ["d"], "what is told is not undone");
});
