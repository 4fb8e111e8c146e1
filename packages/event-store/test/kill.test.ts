import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import type { EventStore } from "../src/index.ts";
import { startChild } from "./support/child.ts";
import { collect, withoutPlace } from "./support/events.ts";
import { numberedEvent, numberedEvents } from "./support/numbered-events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

const ROUNDS = 5;
/** Most appends after which the process is killed: some die in their first moments, some do not. */
const MOST_APPENDS = 600;

/** Runs a process that appends until it is killed; gives the events that it was told are stored, by stream. */
const appendUntilKilled = async (t: Test, folder: string, round: number): Promise<Map<string, number>> => {
  const appends = Math.floor(Math.random() * MOST_APPENDS);
  const child = startChild(t, "./append-until-killed.ts", [folder, String(round), String(appends)]);
  const [, signal] = (await once(child.process, "exit")) as [number | null, string | null];
  t.equal(signal, "SIGKILL", `killed after ${appends} appends`);
  const notes = (await readFile(join(folder, "acknowledged"), "utf8")).trim().split("\n");
  return new Map(notes.map((line) => [line.split(" ")[0]!, Number(line.split(" ")[1])]));
};

const checkStream = async (t: Test, store: EventStore, stream: string, acknowledged: number): Promise<number> => {
  const read = await collect(store.readStream(stream));
  const expected = Array.from(read, (_, revision) => withoutPlace(numberedEvent(stream, revision)));
  t.same(read.map(withoutPlace), expected, "every event is there byte for byte");
  t.ok(read.length >= acknowledged, `${acknowledged} events were acknowledged, ${read.length} are there`);
  t.ok(read.every(({ revision }, index) => revision === index));
  let whole = 0;
  while (whole < read.length) whole += numberedEvents(stream, whole).length;
  t.equal(read.length, whole, "no append is there in part");
  return read.length;
};

t.test("kill -9 at any moment loses nothing that was acknowledged and leaves nothing in part", async (t) => {
  const folder = await temporaryFolder(t);
  for (let round = 0; round < ROUNDS; round += 1) {
    const acknowledged = await appendUntilKilled(t, folder, round);
    const store = await openIn(t, folder);
    let events = 0;
    for (const [stream, count] of acknowledged) events += await checkStream(t, store, stream, count);
    const log = await collect(store.readAll());
    t.ok(log.length >= events);
    t.ok(log.every(({ position }, index) => index === 0 || position > log[index - 1]!.position));
    t.equal(log.at(-1)?.position, await store.head());
    await store.close();
  }
});
