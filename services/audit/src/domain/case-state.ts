import { categoryOf, changesLifecycle, lifecycleOf, type DecodedEvent } from "@safar/contracts";

/** The picture of one stream: the lifecycle's word, and the last value of every field that its events gave. */
export interface StreamState {
  readonly service: string;
  readonly stream: string;
  /** Of the last event that is part of the picture. */
  readonly revision: number;
  readonly state: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** From when a fact counts (identifiers.md, Time). */
export const effectiveTimeOf = ({ meta }: DecodedEvent): number => Date.parse(meta.effectiveAt ?? meta.occurredAt);

/** What was recorded up to an instant: the prefix up to the last position whose time is not later. */
export const knownBy = (history: readonly DecodedEvent[], instant: number): readonly DecodedEvent[] => {
  const end = history.findLastIndex(({ recordedAt }) => recordedAt <= instant);
  return history.slice(0, end + 1);
};

/** What counted at an instant, in the order in which it came to count; of equal times the earlier position first. */
export const effectiveBy = (history: readonly DecodedEvent[], instant: number): readonly DecodedEvent[] =>
  history
    .filter((event) => effectiveTimeOf(event) <= instant)
    .toSorted((a, b) => effectiveTimeOf(a) - effectiveTimeOf(b) || (a.position < b.position ? -1 : 1));

/** Folds a case's events, in the given order, into one picture a stream; streams in the order in which they began. */
export const foldCase = (events: readonly DecodedEvent[]): readonly StreamState[] => {
  const lives = new Map<string, { life: unknown; state: StreamState }>();
  for (const event of events) {
    const reader = lifecycleOf(categoryOf(event.stream));
    const before = lives.get(event.stream);
    const changes = changesLifecycle(event.type);
    const life = changes ? reader.evolve(before?.life ?? reader.initial, event) : (before?.life ?? reader.initial);
    lives.set(event.stream, {
      life,
      state: {
        service: event.meta.service,
        stream: event.stream,
        revision: Math.max(before?.state.revision ?? -1, event.revision),
        state: reader.status(life),
        data: changes ? { ...before?.state.data, ...event.data } : (before?.state.data ?? {}),
      },
    });
  }
  return [...lives.values()].map(({ state }) => state);
};
