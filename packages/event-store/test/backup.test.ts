import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { openEmbeddedEventStore } from "../src/index.ts";
import { environment } from "./support/environment.ts";
import { collect, eventOf, streamIn, writeNotes } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

t.test("a backup that is taken while events are appended holds the log up to one moment", async (t) => {
  const folder = await temporaryFolder(t);
  const store = await openIn(t, join(folder, "log"));
  await Promise.all(Array.from({ length: 2_000 }, () => store.append(streamIn("note"), "no-stream", [eventOf("a")])));
  const atLeast = await store.head();

  const file = join(folder, "backup.sqlite");
  const stop = new AbortController();
  const writing = (async () => {
    while (!stop.signal.aborted) await writeNotes(store, streamIn("note"), ["b"]);
  })();
  const { head } = await store.backupTo(file);
  stop.abort();
  await writing;
  t.ok(head >= atLeast);
  t.same(await readdir(folder), ["backup.sqlite", "log"], "nothing else is left");

  const restored = await openEmbeddedEventStore({ file, environment });
  t.teardown(() => restored.close());
  t.equal(await restored.head(), head);
  t.same(await collect(restored.readAll()), (await collect(store.readAll())).slice(0, Number(head) + 1));
  const oldHead = await store.head();
  await restored.continueAbove(oldHead);
  t.equal((await restored.append(streamIn("note"), "no-stream", [eventOf("c")])).position, oldHead + 1n);
});

t.test("a backup replaces an older one of its name, and an interrupted one does not stand in its way", async (t) => {
  const folder = await temporaryFolder(t);
  const store = await openIn(t, join(folder, "log"));
  const file = join(folder, "backup.sqlite");
  t.same(await store.backupTo(file), { head: -1n });
  await writeNotes(store, streamIn("note"), ["a"]);
  await writeFile(`${file}.partial`, "half a backup");
  t.same(await store.backupTo(file), { head: 0n });
  t.same(await readdir(folder), ["backup.sqlite", "log"]);
});

t.test("a backup that cannot be written says so, and the log goes on", async (t) => {
  const folder = await temporaryFolder(t);
  const store = await openIn(t, join(folder, "log"));
  await t.rejects(store.backupTo(join(folder, "missing", "backup.sqlite")));
  await writeNotes(store, streamIn("note"), ["a"]);
});

t.test("closing waits for a backup under way", async (t) => {
  const folder = await temporaryFolder(t);
  const store = await openIn(t, join(folder, "log"));
  await writeNotes(store, streamIn("note"), ["a", "b"]);
  let ended: unknown;
  const backup = store.backupTo(join(folder, "backup.sqlite")).then((backup) => (ended = backup));
  await store.close();
  t.same(ended, { head: 1n });
  await backup;
  await t.rejects(store.backupTo(join(folder, "late.sqlite")), { name: "StoreUnavailable" });
});
