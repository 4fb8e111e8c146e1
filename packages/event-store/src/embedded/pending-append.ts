import {
  WrongExpectedRevision,
  type AppendResult,
  type EventToAppend,
  type ExpectedRevision,
  type Position,
  type RecordedEvent,
} from "../port.ts";
import { NUMBERS_PER_ANSWER, STORED, WRONG_REVISION, type AppendMessage } from "./messages.ts";
import { streamHash } from "./stream-hash.ts";

/** An event as subscribers will get it; its position is known once it is stored. */
interface PendingEvent extends RecordedEvent {
  position: Position;
}

/** An append that has been taken in; settled once its transaction has ended. */
export interface PendingAppend {
  readonly stream: string;
  readonly hash: number;
  readonly expected: ExpectedRevision;
  readonly recordedAt: number;
  /** Of its events; an upper bound. */
  readonly bytes: number;
  readonly events: readonly PendingEvent[];
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (reason: Error) => void;
}

export type AppendToTakeIn = Pick<
  PendingAppend,
  "stream" | "expected" | "recordedAt" | "bytes" | "resolve" | "reject"
> & { readonly events: readonly EventToAppend[] };

/** Copies the events' bytes: their owner may use his again while the append waits, live subscribers get ours. */
export const takeIn = ({
  stream,
  expected,
  recordedAt,
  bytes,
  events,
  resolve,
  reject,
}: AppendToTakeIn): PendingAppend => {
  // From Node's pool: an allocation for each small event would cost more than the copy.
  const { buffer, byteOffset } = Buffer.allocUnsafe(bytes);
  const firstRevision = expected === "no-stream" ? 0 : expected + 1;
  let offset = byteOffset;
  const copy = (source: Uint8Array): Uint8Array => {
    const part = new Uint8Array(buffer, offset, source.byteLength);
    part.set(source);
    offset += source.byteLength;
    return part;
  };
  const pending = events.map(({ id, type, data, metadata }, index) => ({
    id,
    type,
    data: copy(data),
    metadata: copy(metadata),
    stream,
    revision: firstRevision + index,
    position: -1n,
    recordedAt,
  }));
  return { stream, hash: streamHash(stream), expected, recordedAt, bytes, events: pending, resolve, reject };
};

/** Appends as the writer gets them, with bytes of their own; see `AppendMessage`. */
export const toMessage = (appends: readonly PendingAppend[]): AppendMessage => {
  const texts: string[] = [];
  const numbers: number[] = [];
  const parts: Uint8Array[] = [];
  let length = 0;
  for (const { stream, hash, expected, recordedAt, events } of appends) {
    texts.push(stream);
    numbers.push(hash, expected === "no-stream" ? -1 : expected, recordedAt, events.length);
    for (const { id, type, data, metadata } of events) {
      texts.push(id, type);
      numbers.push(data.byteLength, metadata.byteLength);
      parts.push(data, metadata);
      length += data.byteLength + metadata.byteLength;
    }
  }
  return { kind: "append", texts: texts.join("\0"), numbers: Float64Array.from(numbers), bytes: joined(parts, length) };
};

const joined = (parts: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
};

/** What was stored by an append; `newStream` is the number of a stream that it began, else -1. */
export interface StoredAppend {
  readonly append: PendingAppend;
  readonly newStream: number;
}

/** The appends that were stored now, neither refused nor a repeat; their events get their positions. */
export const storedOf = (appends: readonly PendingAppend[], answers: Float64Array): StoredAppend[] => {
  const stored: StoredAppend[] = [];
  appends.forEach((append, index) => {
    const at = NUMBERS_PER_ANSWER * index;
    if (answers[at] !== STORED) return;
    let position = BigInt(answers[at + 2] ?? -1) - BigInt(append.events.length);
    for (const event of append.events) event.position = position += 1n;
    stored.push({ append, newStream: answers[at + 3] ?? -1 });
  });
  return stored;
};

/** Tells those who appended how it ended. */
export const settle = (appends: readonly PendingAppend[], answers: Float64Array): void => {
  appends.forEach(({ stream, expected, resolve, reject }, index) => {
    const at = NUMBERS_PER_ANSWER * index;
    const revision = answers[at + 1] ?? -1;
    if (answers[at] === WRONG_REVISION) {
      reject(new WrongExpectedRevision(stream, expected, revision === -1 ? "no-stream" : revision));
    } else {
      resolve({ revision, position: BigInt(answers[at + 2] ?? -1) });
    }
  });
};
