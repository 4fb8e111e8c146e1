import fc from "fast-check";
import t from "tap";
import { readAlong } from "../../src/imports/read-along.ts";

async function* inPieces(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) {
    await Promise.resolve();
    yield piece;
  }
}
const joined = async (bytes: AsyncIterable<Uint8Array>): Promise<string> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces).toString("hex");
};
const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 70_000 }), { maxLength: 6 });

t.test("the reader and whoever takes the bytes get the same ones", async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const { bytes, result } = readAlong(inPieces(given), joined);
      const taken = await joined(bytes);
      return taken === Buffer.concat(given).toString("hex") && (await result) === taken;
    }),
    { numRuns: 30 },
  );
});

t.test("a reader that refuses ends the bytes with its own error", async (t) => {
  const refuse = async (copy: AsyncIterable<Uint8Array>): Promise<void> => {
    let read = 0;
    for await (const piece of copy) {
      read += piece.length;
      if (read > 100_000) throw new RangeError("too much");
    }
  };
  const { bytes } = readAlong(inPieces(Array.from({ length: 50 }, () => new Uint8Array(65_536))), refuse);
  await t.rejects(joined(bytes), new RangeError("too much"));
});

t.test("whoever leaves early leaves nothing behind that waits", async (t) => {
  const { bytes, result } = readAlong(inPieces(Array.from({ length: 50 }, () => new Uint8Array(65_536))), joined);
  for await (const piece of bytes) {
    t.equal(piece.length, 65_536);
    break;
  }
  await t.rejects(result, "the reader's copy ends before its end");
});
