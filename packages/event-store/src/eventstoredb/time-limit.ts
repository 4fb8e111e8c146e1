import type { Timers } from "@safar/kernel";

/** The promise's end, or what `late` throws or gives where it takes longer; its own end is then of no interest. */
export const within = <Value>(
  timers: Timers,
  milliseconds: number,
  promise: Promise<Value>,
  late: () => Value,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    // What `late` throws rejects.
    const cancel = timers.after(milliseconds, () => resolve(Promise.resolve().then(late)));
    promise.then(resolve, reject).finally(cancel);
  });
