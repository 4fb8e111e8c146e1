import t from "tap";
import { collect, eventOf, notesOf, streamIn, writeNotes } from "./support/events.ts";
import { startFront } from "./support/front.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { serverFor } from "./support/servers.ts";
import { until } from "./support/until.ts";

/* What the adapter does when another node leads: who reads is told so, while appends are still under way. */

/*
 * The client goes to another node when any call is told to. It leaves its call for appends open there and makes a second
 * one; the end of the first one rejects the second one's appends, and the answer that still comes ends the process.
 */
t.test("a reader that is sent to another node harms no append", async (t) => {
  const front = await startFront(t, await serverFor(t));
  const store = await openAt(t, front.url);
  const [first, second, third] = [streamIn("note"), streamIn("note"), streamIn("note")];
  await writeNotes(store, first, ["before"]);
  front.deposeFor("Read");
  t.same(notesOf(await collect(store.readStream(first))), ["before"], "the read goes on at the other node");

  const answers = front.holdAnswers("BatchAppend");
  const underWay = store.append(second, "no-stream", [eventOf("under way")]);
  await until(() => answers.held() > 0);
  front.endFirst("BatchAppend");
  await t.rejects(underWay, { name: "StoreUnavailable", outcome: "unknown" });
  answers.letThrough();
  await store.append(third, "no-stream", [eventOf("after")]);
  t.same(notesOf(await collect(store.readStream(second))), ["under way"], "it is there, only its answer was lost");
});

t.test("appends and reads are the leader's: no other node passes them on", async (t) => {
  const front = await startFront(t, await serverFor(t));
  const store = await openAt(t, front.url);
  await writeNotes(store, streamIn("note"), ["a"]);
  for (const call of ["BatchAppend", "Read"])
    t.same(new Set(front.headersOf(call).map((headers) => headers["requires-leader"])), new Set(["true"]), call);
});
