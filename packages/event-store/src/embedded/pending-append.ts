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

/** An append that has been taken in; settled once its transaction has ended. */
export interface PendingAppend {
  readonly stream: string;
  readonly hash: number;
  readonly expected: ExpectedRevision;
  readonly recordedAt: number;
  readonly bytes: number;
  readonly events: readonly EventToAppend[];
  resolve(result: AppendResult): void;
  reject(reason: Error): void;
}

/** Copies the events' bytes: their owner may use his again while the append waits, live subscribers get ours. */
const copyOf = (events: readonly EventToAppend[], bytes: number): EventToAppend[] => {
  // From Node's pool: an allocation for each small event would cost more than the copy.
  const { buffer, byteOffset } = Buffer.allocUnsafe(bytes);
  let offset = byteOffset;
  const put = (source: Uint8Array): Uint8Array => {
    const copy = new Uint8Array(buffer, offset, source.byteLength);
    copy.set(source);
    offset += source.byteLength;
    return copy;
  };
  return events.map(({ id, type, data, metadata }) => ({ id, type, data: put(data), metadata: put(metadata) }));
};

export const takeIn = (
  append: Pick<PendingAppend, "stream" | "expected" | "recordedAt" | "bytes" | "events">,
  settle: Pick<PendingAppend, "resolve" | "reject">,
): PendingAppend => ({
  ...append,
  ...settle,
  hash: streamHash(append.stream),
  events: copyOf(append.events, append.bytes),
});

/** Appends as the writer gets them, with bytes of their own. */
export const toMessage = (appends: readonly PendingAppend[]): AppendMessage => {
  const fields: (string | number)[] = [];
  const parts: Uint8Array[] = [];
  for (const { stream, hash, expected, recordedAt, events } of appends) {
    fields.push(stream, hash, expected === "no-stream" ? -1 : expected, recordedAt, events.length);
    for (const { id, type, data, metadata } of events) {
      fields.push(id, type, data.byteLength, metadata.byteLength);
      parts.push(data, metadata);
    }
  }
  return { kind: "append", fields, bytes: joined(parts) };
};

const joined = (parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.byteLength;
  }
  return bytes;
};

/** The events of an append that was stored, as a reader of the file would get them. */
export const recordedEvents = (append: PendingAppend, lastPosition: Position): RecordedEvent[] => {
  const { stream, recordedAt, expected, events } = append;
  const firstRevision = expected === "no-stream" ? 0 : expected + 1;
  const firstPosition = lastPosition - BigInt(events.length - 1);
  return events.map(({ id, type, data, metadata }, index) => ({
    id,
    type,
    data,
    metadata,
    stream,
    revision: firstRevision + index,
    position: firstPosition + BigInt(index),
    recordedAt,
  }));
};

/** An append with the four numbers that answer it. */
export interface AnsweredAppend {
  readonly append: PendingAppend;
  readonly how: number;
  readonly revision: number;
  readonly position: Position;
  /** The number of the stream that it began; else -1. */
  readonly newStream: number;
}

export const answersOf = (appends: readonly PendingAppend[], answers: Float64Array): AnsweredAppend[] =>
  appends.map((append, index) => {
    const at = NUMBERS_PER_ANSWER * index;
    const [how = -1, revision = -1, position = -1, newStream = -1] = answers.subarray(at, at + NUMBERS_PER_ANSWER);
    return { append, how, revision, position: BigInt(position), newStream };
  });

/** The appends that were stored now: neither refused nor a repeat. */
export const storedOf = (answered: readonly AnsweredAppend[]): readonly AnsweredAppend[] =>
  answered.filter(({ how }) => how === STORED);

/** Tells those who appended. */
export const settle = (answered: readonly AnsweredAppend[]): void => {
  for (const { append, how, revision, position } of answered) {
    if (how === WRONG_REVISION) {
      const actual = revision === -1 ? "no-stream" : revision;
      append.reject(new WrongExpectedRevision(append.stream, append.expected, actual));
    } else {
      append.resolve({ revision, position });
    }
  }
};
