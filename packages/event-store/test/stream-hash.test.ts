import t from "tap";
import { BUCKETS, bucketOf, streamHash } from "../src/embedded/stream-hash.ts";

t.test("a stream keeps the number under which the files on disk know it", async (t) => {
  t.equal(streamHash("registration-7c1f3c9e-52d4-4d2b-9a1e-6f5b0e8d7a34"), 3_956_585_124_294_996);
  t.equal(streamHash("visaDocs-ў"), 5_123_973_259_334_051);
});

t.test("streams spread evenly over the buckets", async (t) => {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (let number = 0; number < 100 * BUCKETS; number += 1) counts[bucketOf(streamHash(`case-${number}`))]! += 1;
  t.ok(Math.min(...counts) > 50 && Math.max(...counts) < 160);
});
