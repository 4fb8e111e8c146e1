import type { ServiceRuntime } from "@safar/service-kit";

/** A log that is well answers in milliseconds; one that hangs holds a question for its own, much longer limit. */
const ANSWER_MS = 2_000;

export interface LogWatch {
  /** Whether it gave no answer when it was last asked: what is shown stands still, and nobody knows since when. */
  isAway(): boolean;
  /** Asks it, and resolves once it has answered or the time is over. */
  ask(): Promise<void>;
}

export const watchLog = ({ kit }: Pick<ServiceRuntime, "kit">): LogWatch => {
  let away = false;
  let asked: Promise<boolean> | undefined;
  return {
    isAway: () => away,
    async ask() {
      // One question at a time, however long it hangs.
      asked ??= kit.store
        .head()
        .then(
          () => true,
          () => false,
        )
        .finally(() => (asked = undefined));
      const answer = asked;
      away = await new Promise<boolean>((resolve) => {
        const cancel = kit.environment.timers.after(ANSWER_MS, () => {
          resolve(true);
        });
        void answer.then((isWell) => {
          cancel();
          resolve(!isWell);
        });
      });
    },
  };
};
