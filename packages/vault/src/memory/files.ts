import { createHash } from "node:crypto";
import { checkFileName } from "../names.ts";
import { FileMissing, FileTooLarge, KeyDestroyed, MAX_FILE_BYTES, type FileStore, type Vault } from "../port.ts";

export interface MemoryFile {
  readonly subject: string;
  readonly bytes: Uint8Array;
}

export const createMemoryFiles = (
  files: Map<string, MemoryFile>,
  keys: Pick<Vault, "keyOf" | "findKey">,
  checkOpen: () => void,
): FileStore => ({
  async write(subject, name, bytes) {
    checkFileName(name);
    await keys.keyOf(subject);
    const whole = await gather(bytes);
    // Who was erased while the bytes came has no file.
    await keys.keyOf(subject);
    files.set(name, { subject, bytes: whole });
    return { sha256: createHash("sha256").update(whole).digest("hex"), size: whole.length };
  },
  async *read(subject, name) {
    checkFileName(name);
    if ((await keys.findKey(subject)) === "destroyed") throw new KeyDestroyed(subject);
    const file = files.get(name);
    if (file?.subject !== subject) throw new FileMissing(`there is no file ${name} of ${subject}`);
    yield file.bytes.slice();
  },
  async has(name) {
    checkOpen();
    checkFileName(name);
    return files.has(name);
  },
  async remove(name) {
    checkOpen();
    checkFileName(name);
    files.delete(name);
  },
  async check() {
    checkOpen();
  },
});

const gather = async (bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > MAX_FILE_BYTES) throw new FileTooLarge();
    pieces.push(piece.slice());
  }
  return Buffer.concat(pieces);
};
