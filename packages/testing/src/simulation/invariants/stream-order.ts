import { referenceOf, type MemoryJetStream } from "@safar/event-bus";
import type { Verdict } from "../verdict.ts";
import { isAccessRecord } from "./access-records.ts";
import type { LogAudit } from "./log.ts";
import type { Places } from "./places.ts";

/** The relay's messages stand in the stream in the log's order, each event once, none left out. */
export const verifyStream = (
  { messages }: MemoryJetStream,
  audit: LogAudit,
  verdict: Verdict,
  places: Places,
  isPublished: (position: bigint) => boolean,
): void => {
  let last: bigint | undefined;
  for (const message of messages()) {
    places.saw("a message of the broker", JSON.stringify([message.subject, message.headers]));
    const reference = referenceOf(message);
    const event = reference && audit.at(reference.position);
    if (!event) continue;
    if (isAccessRecord(event))
      return verdict.broken(10, `message ${message.sequence} of the stream tells of a reading`);
    if (last !== undefined && event.position <= last)
      return verdict.broken(8, `message ${message.sequence} of the stream tells of ${event.position} after ${last}`);
    const left = audit.events.find(
      ({ position }) => last !== undefined && position > last && position < event.position && isPublished(position),
    );
    if (left)
      return verdict.broken(
        8,
        `message ${message.sequence} of the stream tells of ${event.position}, and ${left.position} was left out`,
      );
    last = event.position;
  }
};
