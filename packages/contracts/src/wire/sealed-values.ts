import { isSealed, type Sealed } from "../sealed.ts";

/** A sealed value in a tree of data, and the JSON pointer (RFC 6901) to it from the tree's root. */
export interface SealedValue {
  readonly pointer: string;
  readonly sealed: Sealed;
}

/** Instead of a value: an object's field goes, an array's element becomes null, so that the others keep their places. */
export const HOLE = Symbol("hole");

const escaped = (key: string): string => key.replaceAll("~", "~0").replaceAll("/", "~1");

/** Copies a tree of data with every sealed value replaced by what is given for it, or left out for `HOLE`. */
export const replaceSealed = (value: unknown, replace: (found: SealedValue) => unknown, pointer = ""): unknown => {
  if (isSealed(value)) return replace({ pointer, sealed: value });
  if (Array.isArray(value)) {
    const elements = value.map((element, index) => replaceSealed(element, replace, `${pointer}/${index}`));
    return elements.map((element) => (element === HOLE ? null : element));
  }
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).map(
    ([key, field]) => [key, replaceSealed(field, replace, `${pointer}/${escaped(key)}`)] as const,
  );
  return Object.fromEntries(fields.filter(([, field]) => field !== HOLE));
};
