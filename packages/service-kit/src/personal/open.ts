import { isSealed, type Sealed } from "@safar/contracts";
import type { Sealer } from "@safar/vault";

export interface Opened {
  readonly value: unknown;
  /** JSON pointers (RFC 6901) of what was shown, hidden and erased. */
  readonly shown: readonly string[];
  readonly redacted: readonly string[];
  readonly erased: readonly string[];
}

interface Found {
  readonly shown: string[];
  readonly redacted: string[];
  readonly erased: string[];
}

/** Leaves a hole where a value is hidden or erased, so that an object's field goes and an array keeps its order. */
const HOLE = Symbol("hole");

const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

const openAt = async (
  value: unknown,
  pointer: string,
  open: ((sealed: Sealed) => Promise<{ readonly value: unknown } | "erased">) | undefined,
  found: Found,
): Promise<unknown> => {
  if (isSealed(value)) {
    if (!open) {
      found.redacted.push(pointer);
      return HOLE;
    }
    const opened = await open(value);
    (opened === "erased" ? found.erased : found.shown).push(pointer);
    return opened === "erased" ? HOLE : opened.value;
  }
  if (Array.isArray(value)) {
    const elements: unknown[] = [];
    for (const [index, element] of value.entries())
      elements.push(await openAt(element, `${pointer}/${index}`, open, found));
    return elements.map((element) => (element === HOLE ? null : element));
  }
  if (typeof value === "object" && value !== null) {
    const fields: [string, unknown][] = [];
    for (const [key, field] of Object.entries(value)) {
      const opened = await openAt(field, `${pointer}/${escaped(key)}`, open, found);
      if (opened !== HOLE) fields.push([key, opened]);
    }
    return Object.fromEntries(fields);
  }
  return value;
};

/** Opens every sealed value for a reader who may see it, or takes it out and names it in `redacted`. */
export const openPersonal = async (value: unknown, sealer: Sealer | undefined): Promise<Opened> => {
  const found: Found = { shown: [], redacted: [], erased: [] };
  const open = sealer && ((sealed: Sealed) => sealer.open(sealed));
  return { value: await openAt(value, "", open, found), ...found };
};
