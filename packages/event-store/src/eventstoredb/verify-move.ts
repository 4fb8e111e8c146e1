import type { RecordedEvent } from "../port.ts";
import { PROGRESS_EVENTS } from "./limits.ts";
import { isOurs } from "./log-on-server.ts";
import type { MoveParts } from "./move-events.ts";
import { MoveRefused } from "./move-refused.ts";
import { readRawLog } from "./read-raw.ts";
import type { StoredEvent } from "./stored-event.ts";

/**
 * Reads source and target side by side, from the start.
 * @param mayGoOn whether the target may hold later events: it is in use already.
 * @returns the number of events. @throws MoveRefused at the first event that differs.
 */
export const verifyMove = async (parts: MoveParts, mayGoOn: boolean): Promise<number> => {
  const target = eventsOnTarget(parts);
  let verified = 0;
  try {
    for await (const event of parts.from.readAll()) {
      parts.signal.throwIfAborted();
      const found = (await target.next()).value;
      const difference = differenceOf(event, found ?? undefined);
      if (difference !== undefined)
        throw new MoveRefused(`event ${event.revision} of ${event.stream} differs on the target: ${difference}`);
      verified += 1;
      if (verified % PROGRESS_EVENTS === 0) parts.progress("verifying", verified, event.position);
    }
    const more = mayGoOn ? undefined : (await target.next()).value;
    if (more) throw new MoveRefused(`the target holds other events: ${more.event.stream}, ${more.event.revision}`);
    return verified;
  } finally {
    await target.return();
  }
};

async function* eventsOnTarget({ connection }: MoveParts): AsyncGenerator<StoredEvent, void, void> {
  for await (const chunk of readRawLog(connection, { direction: "forwards", wanted: Infinity }))
    yield* chunk.filter(({ event }) => isOurs(event.stream));
}

const differenceOf = (event: RecordedEvent, found: StoredEvent | undefined): string | undefined => {
  if (found === undefined) return "it is not there";
  for (const field of ["stream", "revision", "id", "type"] as const)
    if (event[field] !== found.event[field]) return field;
  if (found.origin?.position !== event.position) return "position";
  if (found.origin.recordedAt !== event.recordedAt) return "recordedAt";
  for (const field of ["data", "metadata"] as const)
    if (Buffer.compare(event[field], found.event[field]) !== 0) return field;
  return undefined;
};
