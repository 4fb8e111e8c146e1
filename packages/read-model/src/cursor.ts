/** Where a page ended. Opaque to callers: its inside may change with any release. */
export interface Place {
  readonly order: "key" | "newest";
  readonly position: bigint;
  readonly key: string;
}

/** SQLite takes no larger number. */
const LAST_POSITION = 2n ** 63n - 1n;

/** The cursor is none that this list gave. */
export class BadCursor extends Error {
  override readonly name = "BadCursor";
}

/** The cursor behind a row: of any list in this order that it stands in, or would stand in. */
export const cursorAt = ({ order, position, key }: Place): string =>
  Buffer.from(JSON.stringify([order, position.toString(), key])).toString("base64url");

/** @throws BadCursor */
export const placeOf = (cursor: string, order: Place["order"]): Place => {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(parts) && parts.length === 3) {
      const [given, position, key] = parts as readonly unknown[];
      const isOurs = given === order && typeof position === "string" && /^(-1|\d{1,19})$/.test(position);
      if (isOurs && BigInt(position) <= LAST_POSITION && typeof key === "string")
        return { order, position: BigInt(position), key };
    }
  } catch {
    // Not JSON: told below, like every other cursor that is not ours.
  }
  throw new BadCursor("the cursor is none of this list");
};
