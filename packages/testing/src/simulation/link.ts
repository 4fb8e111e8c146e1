import type { FaultRates, Faults } from "./faults.ts";
import { never, type Incarnation } from "./incarnation.ts";
import type { Schedule } from "./schedule.ts";

/** What happens to one request between a process and what it asks. */
export interface Asking<T> {
  readonly from: Incarnation;
  /** For the trace; nothing personal, nothing that differs between two runs of a seed. */
  readonly label: string;
  readonly rates: FaultRates;
  /** Done at the other end; may be done twice, late, or never. */
  readonly work: () => Promise<T>;
  /** What the sender hears where no answer came. */
  readonly failure: (outcome: "not-done" | "unknown") => Error;
}

/** The way between processes: everything that is asked takes a while there and back, and may come to harm. */
export interface Link {
  ask<T>(asking: Asking<T>): Promise<T>;
}

type Settled<T> = { readonly value: T } | { readonly error: Error };

const settled = <T>(work: () => Promise<T>): Promise<Settled<T>> => {
  try {
    return work().then(
      (value) => ({ value }),
      (error: unknown) => ({ error: error as Error }),
    );
  } catch (error) {
    return Promise.resolve({ error: error as Error });
  }
};

export const createLink = (schedule: Schedule, faults: Faults): Link => ({
  ask({ from, label, rates, work, failure }) {
    if (!from.isAlive) return never();
    const { fate, there, back, patience, later, isHeldBack } = faults.deliver(rates);
    const held = { isHeldBack };
    return new Promise((resolve, reject) => {
      const giveUp = (milliseconds: number, outcome: "not-done" | "unknown"): void => {
        schedule.after(milliseconds, `${from.name} no answer: ${label}`, () => reject(failure(outcome)), {
          owner: from,
          isHeldBack: true,
        });
      };
      const arrive = (milliseconds: number, isAnswered: boolean): void => {
        schedule.after(
          milliseconds,
          `${from.name} asks: ${label}`,
          () => {
            void settled(work).then((answer) => {
              if (!isAnswered) return;
              schedule.after(
                back,
                `${from.name} hears: ${label}`,
                () => {
                  if ("value" in answer) resolve(answer.value);
                  else reject(answer.error);
                },
                { owner: from, ...held },
              );
            });
          },
          held,
        );
      };
      if (fate !== "fine") schedule.trace.note(`${fate}: ${from.name} ${label}`);
      switch (fate) {
        case "fine":
          return arrive(there, true);
        case "refused":
          return giveUp(back, "not-done");
        case "request-lost":
          return giveUp(patience, "unknown");
        case "answer-lost":
          arrive(there, false);
          return giveUp(there + patience, "unknown");
        case "late":
          arrive(patience + later, false);
          return giveUp(patience, "unknown");
        case "doubled":
          arrive(there, true);
          return arrive(there + later, false);
      }
    });
  },
});
