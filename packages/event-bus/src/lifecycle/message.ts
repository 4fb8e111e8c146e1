import { redactedWireEvent, type DecodedEvent, type Decoder } from "@safar/contracts";
import type { LifecycleMessage, StoredMessage } from "./port.ts";
import { subjectOf } from "./subjects.ts";

/** Which event of the log a message tells of. */
export interface EventReference {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: bigint;
  /** Which run of the relay sent it. */
  readonly relay: string;
}

/** Headers that the broker itself understands. */
export const MESSAGE_ID = "Nats-Msg-Id";
export const EXPECTED_LAST_SEQUENCE = "Nats-Expected-Last-Sequence";
export const EXPECTED_LAST_ID = "Nats-Expected-Last-Msg-Id";
const RELAY = "Safar-Relay";

const utf8 = new TextEncoder();

/** Printable ASCII stays, all else is percent-encoded, as the CloudEvents binding for HTTP asks. */
const headerValue = (value: string): string =>
  value.replace(/[^\x21\x23-\x24\x26-\x7e]/gu, (sign) =>
    [...utf8.encode(sign)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join(""),
  );

const fromHeader = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** A published event as a CloudEvent (1.0, binary mode) without what is personal. */
export const messageOf = (decoder: Decoder, event: DecodedEvent, relay: string): LifecycleMessage => {
  const { id, type, stream, revision, position, meta } = event;
  const headers: Record<string, string> = {
    "ce-specversion": "1.0",
    "ce-id": id,
    "ce-source": `/${headerValue(meta.service)}`,
    "ce-type": type,
    "ce-subject": headerValue(stream),
    "ce-time": meta.occurredAt,
    "ce-revision": String(revision),
    "ce-position": String(position),
    "content-type": "application/json",
    [RELAY]: relay,
  };
  const body = utf8.encode(JSON.stringify(redactedWireEvent(decoder, event)));
  return { id, subject: subjectOf(event), headers, body };
};

const DIGITS = /^\d{1,19}$/;

/**
 * What a message says, where it is one of the relay's: it has the relay's headers, and stands in the very place of the
 * stream that the relay asked for, so that a copy of one is none. Whether it is true the log says.
 */
export const referenceOf = ({ sequence, headers }: StoredMessage): EventReference | undefined => {
  const {
    "ce-id": id,
    "ce-type": type,
    "ce-subject": stream,
    "ce-revision": revision,
    "ce-position": position,
  } = headers;
  const relay = headers[RELAY];
  if (id === undefined || type === undefined || stream === undefined || relay === undefined) return undefined;
  if (!DIGITS.test(revision ?? "") || !DIGITS.test(position ?? "")) return undefined;
  if (headers[MESSAGE_ID] !== id || headers[EXPECTED_LAST_SEQUENCE] !== String(sequence - 1)) return undefined;
  return {
    id,
    type,
    stream: fromHeader(stream),
    revision: Number(revision),
    position: BigInt(position ?? ""),
    relay,
  };
};

/** The broker's headers for a message and its fence. */
export const fenceHeaders = (id: string, lastSequence: number, lastId: string | undefined): Record<string, string> => ({
  [MESSAGE_ID]: id,
  [EXPECTED_LAST_SEQUENCE]: String(lastSequence),
  ...(lastId !== undefined && { [EXPECTED_LAST_ID]: lastId }),
});
