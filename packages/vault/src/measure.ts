import { createHash } from "node:crypto";
import { FileTooLarge, MAX_FILE_BYTES } from "./port.ts";

/** Passes bytes on, counting and hashing them. @throws FileTooLarge */
export const measure = (bytes: AsyncIterable<Uint8Array>) => {
  const hash = createHash("sha256");
  let size = 0;
  async function* passed(): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      size += piece.length;
      if (size > MAX_FILE_BYTES) throw new FileTooLarge();
      hash.update(piece);
      yield piece;
    }
  }
  return { bytes: passed(), result: () => ({ sha256: hash.digest("hex"), size }) };
};
