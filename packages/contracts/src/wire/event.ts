import type { DecodedEvent, Decoder } from "../decode.ts";
import { HOLE, replaceSealed } from "./sealed-values.ts";

/** An event as every door shows it: history, live stream, JSON lines, NATS (interface.md, Event). */
export interface WireEvent {
  readonly position: string;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  readonly occurredAt: string;
  readonly effectiveAt?: string;
  readonly service: string;
  readonly caseId?: string;
  readonly region?: string;
  readonly destination?: string;
  readonly actor: DecodedEvent["meta"]["actor"];
  readonly transactionId: string;
  readonly causationId?: string;
  readonly correlationId: string;
  readonly reasonCode?: string;
  readonly data: unknown;
  readonly redacted?: readonly string[];
  readonly erased?: readonly string[];
  /** Only in audit's answers: it is not what was recorded, as far as its id tells. */
  readonly altered?: true;
}

/** All of the shape that is never personal. */
export const wireEnvelope = (decoder: Decoder, event: DecodedEvent): Omit<WireEvent, "data"> => {
  const { meta } = event;
  const optional = {
    effectiveAt: meta.effectiveAt,
    caseId: meta.caseId,
    region: meta.region,
    destination: meta.destination,
    causationId: meta.causationId,
    reasonCode: meta.reasonCode,
  };
  return {
    position: String(event.position),
    stream: event.stream,
    revision: event.revision,
    eventId: event.id,
    type: event.type,
    // The data was upcast on reading: it has today's shape whatever version is stored.
    schemaVersion: decoder.contractOf(event)?.version ?? meta.schemaVersion,
    recordedAt: new Date(event.recordedAt).toISOString(),
    occurredAt: meta.occurredAt,
    service: meta.service,
    actor: meta.actor,
    transactionId: meta.transactionId,
    correlationId: meta.correlationId,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
};

/** Pointers from the data's root, as pointers from the event's. */
export const underData = (pointers: readonly string[]): string[] => pointers.map((pointer) => `/data${pointer}`);

/** For readers who may see nothing personal: every sealed field is taken out and named in `redacted`. */
export const redactedWireEvent = (decoder: Decoder, event: DecodedEvent): WireEvent => {
  const redacted: string[] = [];
  const data = replaceSealed(event.data, ({ pointer }) => {
    redacted.push(pointer);
    return HOLE;
  });
  return {
    ...wireEnvelope(decoder, event),
    data,
    ...(redacted.length > 0 ? { redacted: underData(redacted) } : {}),
  };
};
