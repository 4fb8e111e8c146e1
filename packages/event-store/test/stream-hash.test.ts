import t from "tap";
import { BUCKETS, bucketOf, streamHash } from "../src/embedded/stream-hash.ts";
import { collect, eventOf, notesOf } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

/** Two names that share a hash, found by trying some two hundred million. */
const TWINS = ["case-1kzlfljc0mq", "case-182xm707pu4"] as const;

t.test("a stream keeps the number under which the files on disk know it", async (t) => {
  t.equal(streamHash("registration-7c1f3c9e-52d4-4d2b-9a1e-6f5b0e8d7a34"), 3_956_585_124_294_996);
  t.equal(streamHash("visaDocs-ў"), 5_123_973_259_334_051);
});

t.test("streams spread evenly over the buckets", async (t) => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let number = 0; number < 100 * BUCKETS; number += 1) counts[bucketOf(streamHash(`case-${number}`))]! += 1;
  t.ok(Math.min(...counts) > 50 && Math.max(...counts) < 160);
});

t.test("two streams whose names share a hash are kept apart", async (t) => {
  t.equal(streamHash(TWINS[0]), streamHash(TWINS[1]));
  const store = await openIn(t, await temporaryFolder(t));
  for (const expected of ["no-stream", 0] as const) {
    for (const stream of TWINS) await store.append(stream, expected, [eventOf(`${stream} ${expected}`)]);
  }
  for (const stream of TWINS) {
    t.same(notesOf(await collect(store.readStream(stream))), [`${stream} no-stream`, `${stream} 0`]);
  }
});
