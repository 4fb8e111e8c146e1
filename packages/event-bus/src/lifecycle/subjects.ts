import { partitionOf, PARTITIONS, streamIdOf, type DecodedEvent } from "@safar/contracts";
import type { DurableSpec } from "./port.ts";

/** Name of the stream of published events (interface.md, NATS). */
export const STREAM = "SAFAR";

/** Every subject of the stream. */
export const ALL_SUBJECTS = "safar.events.>";

/** What would split or widen a subject is no part of one. */
const token = (value: string | undefined): string => value?.replace(/[^A-Za-z0-9_-]/g, "_") || "_";

/** `safar.events.<service>.<EventType>.<region>.<destination>.<partition>` */
export const subjectOf = (event: DecodedEvent): string => {
  const { service, region, destination, caseId } = event.meta;
  const partition = partitionOf({ caseId, streamId: streamIdOf(event.stream) });
  return `safar.events.${token(service)}.${token(event.type)}.${token(region)}.${token(destination)}.${partition}`;
};

/** A partition's own durable: with one message pending order holds, whatever fails and however many take part. */
export const durableName = (consumer: string, partition: number): string => `${consumer}-${partition}`;

/** How long a message that nobody answers for is held: a killed process delays its partitions by so much at most. */
export const ACK_WAIT_MS = 10_000;

/** The durables of one consumer (`Consumer.durable`). */
export const durablesOf = (consumer: string, ackWaitMs = ACK_WAIT_MS): readonly DurableSpec[] =>
  Array.from({ length: PARTITIONS }, (_, partition) => ({
    name: durableName(consumer, partition),
    filter: `safar.events.*.*.*.*.${partition}`,
    pending: 1,
    ackWaitMs,
  }));

/** The durable of a subscriber outside, which takes every event in one line. */
export const subscriberDurable = (name: string, ackWaitMs = ACK_WAIT_MS): DurableSpec => ({
  name,
  filter: ALL_SUBJECTS,
  pending: 1,
  ackWaitMs,
});

/** `safar.events.*.*.*.*.7` against a subject; for the model of the broker. */
export const matches = (filter: string, subject: string): boolean => {
  const [wanted, given] = [filter.split("."), subject.split(".")];
  for (const [index, part] of wanted.entries()) {
    if (part === ">") return given.length > index;
    if (part !== "*" && part !== given[index]) return false;
  }
  return wanted.length === given.length;
};
