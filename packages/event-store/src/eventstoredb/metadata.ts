/*
 * The client gives metadata that is JSON back as a value, not as bytes. What it would not give back byte for byte is
 * therefore wrapped before it is stored, and so is a moved event's, whose first place stands beside it.
 */

/** What a moved event carries besides its own metadata. */
export interface Origin {
  readonly position: bigint;
  /** Milliseconds since the epoch. */
  readonly recordedAt: number;
}

const utf8 = new TextEncoder();

/** As the client wants bytes: exactly a Uint8Array, of nobody else's memory. */
export const ownBytes = (bytes: Uint8Array): Uint8Array => new Uint8Array(bytes);

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "base64"));

/**
 * A value as bytes. Every event that is read comes through here: Node's pooled buffers take half the time of an encoder,
 * whose every result is memory of its own. A view, so that nobody meets a Buffer where the port says Uint8Array.
 */
export const jsonBytes = (value: unknown): Uint8Array => {
  const { buffer, byteOffset, byteLength } = Buffer.from(JSON.stringify(value), "utf8");
  return new Uint8Array(buffer, byteOffset, byteLength);
};

/** Metadata as it is stored. */
export const storedMetadata = (metadata: Uint8Array): Uint8Array =>
  comesBack(metadata) ? ownBytes(metadata) : utf8.encode(JSON.stringify({ bytes: base64(metadata) }));

/** Metadata of a moved event as it is stored. */
export const movedMetadata = (metadata: Uint8Array, { position, recordedAt }: Origin): Uint8Array =>
  utf8.encode(JSON.stringify({ origin: { position: String(position), recordedAt, metadata: base64(metadata) } }));

/** Whether the client gives these bytes back, and not as something that we would unwrap. */
const comesBack = (metadata: Uint8Array): boolean => {
  const value = parsed(Buffer.from(metadata).toString("utf8"));
  if (value === undefined) return true;
  if (isWrapped(value.json)) return false;
  return Buffer.compare(jsonBytes(value.json), metadata) === 0;
};

const parsed = (text: string): { readonly json: unknown } | undefined => {
  try {
    return { json: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isWrapped = (value: unknown): boolean =>
  isRecord(value) && (Object.hasOwn(value, "bytes") || Object.hasOwn(value, "origin"));

/** The most digits that a position of 64 bits has. */
const POSITION = /^\d{1,19}$/;

/** The metadata's bytes, from what the client made of them; with where a moved event stood first. */
export const readMetadata = (given: unknown): { readonly metadata: Uint8Array; readonly origin?: Origin } => {
  if (given === undefined) return { metadata: new Uint8Array(0) };
  if (given instanceof Uint8Array) return { metadata: given };
  if (isRecord(given)) {
    const { bytes, origin } = given;
    if (typeof bytes === "string" && Object.keys(given).length === 1) return { metadata: fromBase64(bytes) };
    if (isRecord(origin) && Object.keys(given).length === 1) {
      const { position, recordedAt, metadata } = origin;
      // Whoever wrote another thing there is no mover: it is shown as it stands, and stops nobody.
      if (
        typeof position === "string" &&
        POSITION.test(position) &&
        typeof recordedAt === "number" &&
        typeof metadata === "string"
      )
        return { metadata: fromBase64(metadata), origin: { position: BigInt(position), recordedAt } };
    }
  }
  return { metadata: jsonBytes(given) };
};
