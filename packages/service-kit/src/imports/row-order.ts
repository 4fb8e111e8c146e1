import type { RowWork } from "./kind.ts";

/**
 * Starts the work of rows side by side, except that a row waits for all earlier ones with which it has a key in common:
 * so what rows do to each other is the same as one after the other. Keys are forgotten once their last row is done.
 */
export const createRowOrder = () => {
  const last = new Map<string, Promise<void>>();

  return <Outcome>(keys: RowWork["keys"], perform: () => Promise<Outcome>): Promise<Outcome> => {
    const before = keys.flatMap((key) => last.get(key) ?? []);
    const outcome = before.length === 0 ? perform() : Promise.all(before).then(perform);
    const done = outcome.then(
      () => undefined,
      () => undefined,
    );
    for (const key of keys) last.set(key, done);
    void done.then(() => {
      for (const key of keys) if (last.get(key) === done) last.delete(key);
    });
    return outcome;
  };
};
