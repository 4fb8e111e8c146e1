import { HOLE, replaceSealed, type SealedValue } from "@safar/contracts";
import type { Sealer } from "@safar/vault";

export interface Opened {
  readonly value: unknown;
  /** JSON pointers (RFC 6901) of what was shown, hidden and erased. */
  readonly shown: readonly string[];
  readonly redacted: readonly string[];
  readonly erased: readonly string[];
}

/** What a reader who may see personal data of a case sees it with. */
export interface Sight {
  readonly sealer: Sealer;
  /** Whose case it is, as its first event says. */
  personId(): Promise<string | undefined>;
  /** A value of somebody else stands in the case, and is not shown. */
  onForeign(pointer: string): void;
}

/**
 * Opens every sealed value for a reader who may see it, or takes it out and names it in `redacted`. A value opens only
 * in the case of the person it is about: whoever can write to the log, and not open what stands there, could otherwise
 * copy it into a case of their own and have it shown, with no record where that person's readings are looked for.
 */
export const openPersonal = async (value: unknown, sight: Sight | undefined): Promise<Opened> => {
  const found: SealedValue[] = [];
  const hidden = replaceSealed(value, (each) => {
    found.push(each);
    return HOLE;
  });
  const pointersOf = (values: readonly SealedValue[]): string[] => values.map(({ pointer }) => pointer);
  if (!sight || found.length === 0) return { value: hidden, shown: [], redacted: pointersOf(found), erased: [] };

  const personId = await sight.personId();
  const own = found.filter(({ sealed }) => sealed.of === personId);
  const foreign = pointersOf(found.filter((each) => !own.includes(each)));
  for (const pointer of foreign) sight.onForeign(pointer);
  const opened = new Map<string, unknown>();
  for (const { pointer, sealed } of own) {
    const clear = await sight.sealer.open(sealed);
    if (clear !== "erased") opened.set(pointer, clear.value);
  }
  return {
    value: replaceSealed(value, ({ pointer }) => (opened.has(pointer) ? opened.get(pointer) : HOLE)),
    shown: pointersOf(own).filter((pointer) => opened.has(pointer)),
    redacted: foreign,
    erased: pointersOf(own).filter((pointer) => !opened.has(pointer)),
  };
};
