import type { AllStreamSubscription, StreamSubscription } from "@eventstore/db-client";

type Subscription = AllStreamSubscription | StreamSubscription;

/** What a subscription has given: revisions as numbers, other messages by name. */
export interface Subscriber {
  readonly heard: readonly (number | "confirmation" | "caughtUp")[];
  /** Resolves once the condition holds; rejects with the subscription's error. */
  until(condition: () => boolean): Promise<void>;
  readonly failed: Promise<Error>;
}

export const follow = (subscription: Subscription): Subscriber => {
  const heard: (number | "confirmation" | "caughtUp")[] = [];
  let waiting: (() => void)[] = [];
  let error: Error | undefined;
  const changed = (): void => {
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  const hear = (what: number | "confirmation" | "caughtUp") => (): void => {
    heard.push(what);
    changed();
  };
  subscription.on("confirmation", hear("confirmation"));
  subscription.on("caughtUp", hear("caughtUp"));
  subscription.on("data", ({ event }) => {
    hear(Number(event?.revision))();
  });
  const failed = new Promise<Error>((resolve) => {
    subscription.on("error", (problem: Error) => {
      error = problem;
      resolve(problem);
      changed();
    });
  });
  return {
    heard,
    failed,
    async until(condition) {
      while (!condition()) {
        if (error !== undefined) throw error;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
};
