import { referenceOf, type MemoryJetStream } from "@safar/event-bus";
import type { Verdict } from "../verdict.ts";
import type { LogAudit } from "./log.ts";

/** The relay's messages stand in the stream in the log's order, each event once, none left out. */
export const verifyStream = (
  { messages }: MemoryJetStream,
  audit: LogAudit,
  verdict: Verdict,
  isPublished: (position: bigint) => boolean,
): void => {
  let last: bigint | undefined;
  for (const message of messages()) {
    const reference = referenceOf(message);
    const event = reference && audit.at(reference.position);
    if (!event) continue;
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
