import { isUuid } from "@safar/kernel";
import { AppendTooLarge, countedBytes, MAX_APPEND_BYTES, type EventToAppend, type ExpectedRevision } from "../port.ts";

/** Longest name of a stream or type. Ours have under 80 characters; a longer one is a mistake, not a name. */
export const MAX_NAME_CHARACTERS = 1_024;

const checkName = (what: string, name: string): void => {
  if (name === "") throw new TypeError(`${what} is empty`);
  if (name.length > MAX_NAME_CHARACTERS) {
    throw new TypeError(`${what} has ${name.length} characters, ${MAX_NAME_CHARACTERS} are allowed`);
  }
  // Neither survives the way through UTF-8 and C strings, so two different names could become one.
  if (!name.isWellFormed() || name.includes("\0")) throw new TypeError(`${what} is not well-formed text`);
};

const checkExpected = (expected: ExpectedRevision): void => {
  if (expected === "no-stream" || (Number.isSafeInteger(expected) && expected >= 0)) return;
  throw new TypeError(`expected revision ${expected} is neither "no-stream" nor a revision`);
};

/**
 * Refuses what no log may be given, before anything is queued; the same for every adapter.
 * @returns the bytes that count towards `maxBytes`.
 * @throws TypeError for what only a mistake in our own code can hand in, AppendTooLarge.
 */
export const checkAppend = (
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
  maxBytes = MAX_APPEND_BYTES,
): number => {
  checkName("the stream's name", stream);
  checkExpected(expected);
  if (events.length === 0) throw new TypeError("an append needs at least one event");
  let bytes = 0;
  for (const event of events) {
    checkName("the event's type", event.type);
    if (!isUuid(event.id)) throw new TypeError(`the event's id "${event.id}" is no UUID in lower case`);
    bytes += countedBytes(event);
  }
  if (bytes > maxBytes) throw new AppendTooLarge(bytes, maxBytes);
  return bytes;
};
