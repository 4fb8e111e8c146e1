/** Wakes everyone who waits for the log to change, at once and without polling. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring, or when `release` is called with the same waiter. */
  wait(waiter: Waiter): Promise<void>;
  release(waiter: Waiter): void;
}

/** One who waits; at most one wait at a time. */
export interface Waiter {
  wake: (() => void) | undefined;
}

export const createBell = (): Bell => {
  const waiting = new Set<Waiter>();
  const release = (waiter: Waiter): void => {
    waiting.delete(waiter);
    waiter.wake?.();
    waiter.wake = undefined;
  };
  return {
    ring() {
      for (const waiter of [...waiting]) release(waiter);
    },
    wait(waiter) {
      return new Promise((resolve) => {
        waiter.wake = resolve;
        waiting.add(waiter);
      });
    },
    release,
  };
};
