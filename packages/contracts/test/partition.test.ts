import t from "tap";
import { partitionOf, PARTITIONS } from "../src/index.ts";

/** Messages lie in partitions for as long as the stream: one that is reckoned otherwise would break a case's order. */

t.test("a partition is the CRC-32 of the id, modulo 16, for ever", async (t) => {
  t.equal(PARTITIONS, 16);
  // The check value of CRC-32 is cbf43926; the others were reckoned by zlib's crc32.
  const reckoned = [
    ["123456789", 6],
    ["0198c3f2-6b1d-7c34-9a55-3f0c2e9d1b77", 10],
    ["course-a", 8],
    ["a", 3],
  ] as const;
  for (const [id, partition] of reckoned) {
    t.equal(partitionOf({ caseId: id, streamId: "another" }), partition, "of a case, whatever stream the event is in");
    t.equal(partitionOf({ streamId: id }), partition, "of a stream without a case");
    t.equal(
      partitionOf({ caseId: id.toUpperCase(), streamId: "another" }),
      partition,
      "however its letters are written",
    );
  }
});
