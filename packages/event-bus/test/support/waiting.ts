import { setTimeout as wait } from "node:timers/promises";

const LIMIT_MS = 60_000;

/** Waits for a condition; the limit only says that it will never come about. */
export const until = async (what: string, isSo: () => boolean | Promise<boolean>): Promise<void> => {
  const end = performance.now() + LIMIT_MS;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await wait(10);
  }
};
