import type { DecodedEvent } from "@safar/contracts";
import { isAltered, type RecordedEvent } from "@safar/event-store";
import type { ServiceRuntime, WireEvent } from "@safar/service-kit";

/** Events that are not what was recorded, as far as their ids tell. */
export type Altered = ReadonlySet<DecodedEvent>;

/** Finds them, and tells those who look after the system: nobody but a hand in the log makes one. */
export const alteredAmong = (
  { log, metrics }: ServiceRuntime["kit"],
  events: ReadonlyMap<DecodedEvent, RecordedEvent>,
): Altered => {
  const altered = new Set([...events].filter(([, stored]) => isAltered(stored)).map(([decoded]) => decoded));
  const [first] = altered;
  if (first === undefined) return altered;
  metrics.count("safar_altered_events_total", "Events shown that are not what was recorded", {}, altered.size);
  const { stream, revision, id } = first;
  log.error({ events: altered.size, stream, revision, id }, "an event is not what was recorded: the log was altered");
  return altered;
};

export const marked = (altered: Altered, event: DecodedEvent, shown: WireEvent): WireEvent =>
  altered.has(event) ? { ...shown, altered: true } : shown;

/** For the top of an answer: where altered events stand. Nothing where there are none. */
export const warningOf = (altered: Altered): { readonly altered?: readonly object[] } =>
  altered.size === 0 ? {} : { altered: [...altered].map(({ stream, revision }) => ({ stream, revision })) };
