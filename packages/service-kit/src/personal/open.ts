import { HOLE, replaceSealed, type SealedValue } from "@safar/contracts";
import type { Sealer } from "@safar/vault";

export interface Opened {
  readonly value: unknown;
  /** JSON pointers (RFC 6901) of what was shown, hidden and erased. */
  readonly shown: readonly string[];
  readonly redacted: readonly string[];
  readonly erased: readonly string[];
}

/** Opens every sealed value for a reader who may see it, or takes it out and names it in `redacted`. */
export const openPersonal = async (value: unknown, sealer: Sealer | undefined): Promise<Opened> => {
  const found: SealedValue[] = [];
  const hidden = replaceSealed(value, (each) => {
    found.push(each);
    return HOLE;
  });
  if (!sealer) return { value: hidden, shown: [], redacted: found.map(({ pointer }) => pointer), erased: [] };

  const opened = new Map<string, unknown>();
  for (const { pointer, sealed } of found) {
    const clear = await sealer.open(sealed);
    if (clear !== "erased") opened.set(pointer, clear.value);
  }
  const pointers = found.map(({ pointer }) => pointer);
  return {
    value: replaceSealed(value, ({ pointer }) => (opened.has(pointer) ? opened.get(pointer) : HOLE)),
    shown: pointers.filter((pointer) => opened.has(pointer)),
    redacted: [],
    erased: pointers.filter((pointer) => !opened.has(pointer)),
  };
};
