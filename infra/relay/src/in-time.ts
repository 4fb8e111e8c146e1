import type { Timers } from "@safar/kernel";

/** Within it a server that is well answers many times over; the gateway waits twice as long for the whole of a door. */
const ANSWER_WITHIN_MS = 1_000;

/** What was asked for; or the other where it fails, or does not come in time: a door must not hang with a server. */
export const inTime = async <Value, Otherwise>(
  timers: Timers,
  asked: Promise<Value>,
  otherwise: Otherwise,
): Promise<Value | Otherwise> => {
  let cancel = (): void => undefined;
  const tooLate = new Promise<Otherwise>((resolve) => {
    cancel = timers.after(ANSWER_WITHIN_MS, () => {
      resolve(otherwise);
    });
  });
  return Promise.race([asked.catch(() => otherwise), tooLate]).finally(cancel);
};
