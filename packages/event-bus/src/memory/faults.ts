/** What becomes of one exchange with the broker: a request that is lost did nothing, a lost answer hides what it did. */
export type Fate = "ok" | "request-lost" | "answer-lost";
export type Exchange = "manage" | "publish" | "pull" | "deliver" | "ack";

/** What goes wrong, decided anew for each exchange; from a seed, so that a run repeats exactly. */
export interface MemoryFaults {
  /** An `ack` has no answer: `answer-lost` is as `ok` there. */
  fate(exchange: Exchange): Fate;
  /** Milliseconds on the way, there and back each. */
  delay(exchange: Exchange): number;
}

export const NO_FAULTS: MemoryFaults = { fate: () => "ok", delay: () => 0 };
