import type { FileSource } from "../file-format.ts";
import { WINDOW_BYTES } from "./limits.ts";
import type { ObjectStore } from "./object-store.ts";

/**
 * Reads an object through a window that moves on, one request each: a reader may take its time, and nothing is held
 * open meanwhile. It throws `missing` where the object is not there, or is no more.
 */
export const windowOn = async (
  store: Pick<ObjectStore, "read">,
  object: string,
  missing: () => Error,
): Promise<FileSource> => {
  const load = async (offset: number): Promise<{ bytes: Uint8Array; size: number; offset: number }> => {
    const stored = await store.read(object, offset, WINDOW_BYTES);
    if (!stored) throw missing();
    return { ...stored, offset };
  };
  let window = await load(0);

  const inWindow = (offset: number, length: number): Uint8Array =>
    window.bytes.subarray(offset - window.offset, offset - window.offset + length);

  return {
    size: window.size,
    async read(offset, length) {
      const end = Math.min(offset + length, window.size);
      if (offset < window.offset || end > window.offset + window.bytes.length) window = await load(offset);
      return inWindow(offset, length);
    },
  };
};
