import { environment } from "./environment.ts";

/** Longest wait for a condition on a loaded machine. */
const LONGEST_MS = 60_000;

/** Resolves once the condition holds. */
export const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  const end = environment.clock.monotonic() + LONGEST_MS;
  while (!(await condition())) {
    if (environment.clock.monotonic() > end) throw new Error("the condition never held");
    await environment.timers.sleep(10);
  }
};
