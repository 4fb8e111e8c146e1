/**
 * The one door for whatever is not deterministic (architecture decision 7).
 * The real one is made in service-kit; tests and the simulation bring their own.
 */
export interface Environment {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly random: Randomness;
}

export interface Clock {
  /** Wall clock, milliseconds since the Unix epoch. Never used to order facts. */
  now(): number;
  /** A clock that only goes forward, in milliseconds; for measuring and for limits. */
  monotonic(): number;
}

export interface Timers {
  /** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls back once after `milliseconds`; the returned function cancels it. Does not keep a process alive. */
  after(milliseconds: number, callback: () => void): () => void;
}

export interface Randomness {
  /** A random UUID (version 4). */
  uuid(): string;
  /** Cryptographically strong bytes. */
  bytes(length: number): Uint8Array;
  /** In [0, 1); for jitter only. */
  fraction(): number;
}
