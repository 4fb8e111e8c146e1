import { createHash } from "node:crypto";
import { metadataSchema } from "@safar/contracts";
import { deriveUuid } from "@safar/kernel";
import { MAX_APPEND_BYTES, ORIGIN_BYTES, type EventToAppend, type RecordedEvent } from "./port.ts";

type Bytes = Pick<EventToAppend, "type" | "data" | "metadata">;

const hashOf = ({ type, data, metadata }: Bytes): string =>
  createHash("sha256").update(type).update("\u001f").update(data).update("\u001f").update(metadata).digest("hex");

const idAt = (transactionId: string, hash: string, index: number): string =>
  deriveUuid(transactionId, hash, String(index));

/**
 * The event's id follows from the transaction and its own bytes: only an unchanged repeat is the same append.
 * @param index of the event among those of its transaction in this stream, from 0
 */
export const eventIdOf = (transactionId: string, index: number, bytes: Bytes): string =>
  idAt(transactionId, hashOf(bytes), index);

/** Each event counts at least its origin's room towards an append, so none stands further back in its transaction. */
const MAX_INDEX = MAX_APPEND_BYTES / ORIGIN_BYTES;

const transactionIdOf = ({ metadata }: Bytes): string | undefined => {
  try {
    return metadataSchema.parse(JSON.parse(Buffer.from(metadata).toString("utf8"))).transactionId;
  } catch {
    return undefined;
  }
};

/**
 * Which event of its transaction in this stream `execute` recorded it as, from 0; undefined where it has another type,
 * data or metadata now than its id was made of, or is no event of `execute` at all.
 */
export const indexInTransaction = (event: RecordedEvent): number | undefined => {
  const transactionId = transactionIdOf(event);
  if (transactionId === undefined) return undefined;
  const hash = hashOf(event);
  for (let index = 0; index <= Math.min(event.revision, MAX_INDEX); index += 1)
    if (idAt(transactionId, hash, index) === event.id) return index;
  return undefined;
};

/**
 * Whether an event is not as `execute` recorded it. There is no key in the id: whoever alters an event and makes its id
 * anew is not found, nor who takes events away or changes when they were recorded. Events that were parked have ids of
 * another kind.
 */
export const isAltered = (event: RecordedEvent): boolean => indexInTransaction(event) === undefined;
