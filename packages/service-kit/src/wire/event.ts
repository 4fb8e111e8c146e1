import type { DecodedEvent, Decoder } from "@safar/contracts";
import { openPersonal } from "../personal/open.ts";
import type { Sealer } from "@safar/vault";

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
}

const envelope = (decoder: Decoder, event: DecodedEvent): Omit<WireEvent, "data"> => {
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

const underData = (pointers: readonly string[]): string[] => pointers.map((pointer) => `/data${pointer}`);

/**
 * Shapes an event. With a sealer personal fields are opened and their pointers given in `shown`: the caller must put
 * the reading on record before it sends. Without one they are taken out and named in `redacted`.
 */
export const wireEvent = async (
  decoder: Decoder,
  event: DecodedEvent,
  sealer: Sealer | undefined,
): Promise<{ readonly event: WireEvent; readonly shown: readonly string[] }> => {
  const opened = await openPersonal(event.data, sealer);
  return {
    event: {
      ...envelope(decoder, event),
      data: opened.value,
      ...(opened.redacted.length > 0 ? { redacted: underData(opened.redacted) } : {}),
      ...(opened.erased.length > 0 ? { erased: underData(opened.erased) } : {}),
    },
    shown: underData(opened.shown),
  };
};
