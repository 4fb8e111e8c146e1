import type { Timers } from "@safar/kernel";

/** The promise's end, or what `late` throws or gives where it takes longer; its own end is then of no interest. */
export const within = <Value>(
  timers: Timers,
  milliseconds: number,
  promise: Promise<Value>,
  late: () => Value,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const cancel = timers.after(milliseconds, () => {
      try {
        resolve(late());
      } catch (problem) {
        reject(problem as Error);
      }
    });
    promise.then(resolve, reject).finally(cancel);
  });
