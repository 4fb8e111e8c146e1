import type { DecodedEvent, Decoder } from "@safar/contracts";

const frozen = <T>(value: T): T => {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) frozen(inner);
  return value;
};

/**
 * Decodes each event of a run's one log once, for all its processes and checks: most of the time would go there.
 * What it gives is frozen, so that nobody can leave anything in it for another.
 */
export const rememberingDecoder = (decoder: Decoder): Decoder => {
  const decoded = new Map<bigint, DecodedEvent>();
  return {
    ...decoder,
    decode(stored) {
      const known = decoded.get(stored.position);
      if (known?.id === stored.id && known.stream === stored.stream) return known;
      const event = frozen(decoder.decode(stored));
      decoded.set(stored.position, event);
      return event;
    },
  };
};
