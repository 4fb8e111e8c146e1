import type { Environment } from "@safar/kernel";

/** Within it whoever is well answers many times over; the gateway waits twice as long for the whole of readiness. */
const ANSWER_WITHIN_MS = 1_000;

/** How long, in milliseconds, the asked has not answered well; undefined: it does. */
type FailingFor = () => Promise<number | undefined>;

/**
 * Asks another party whether it is well. Whoever asks within `askedAfterMs` gets the same answer: readiness may be
 * asked by anybody, and as often as they like.
 */
export const createProbe = (
  { clock, timers }: Environment,
  askedAfterMs: number,
  ask: () => Promise<unknown>,
): FailingFor => {
  let asking: Promise<void> | undefined;
  let askedAt = 0;
  let last: { readonly at: number; readonly isWell: boolean } | undefined;
  let failingSince: number | undefined;

  const look = async (): Promise<void> => {
    askedAt = clock.monotonic();
    const begun = askedAt;
    const isWell = await ask().then(
      () => true,
      () => false,
    );
    last = { at: clock.monotonic(), isWell };
    failingSince = isWell ? undefined : (failingSince ?? begun);
  };
  // One question at a time: behind one that hangs no others gather.
  const answer = (): Promise<void> => (asking ??= look().finally(() => (asking = undefined)));

  const inTime = async (): Promise<boolean> => {
    const answered = answer();
    // Nobody waits anew for what has been hanging for that long already.
    const left = Math.max(0, askedAt + ANSWER_WITHIN_MS - clock.monotonic());
    let cancel = (): void => undefined;
    const tooLate = new Promise<false>((resolve) => {
      cancel = timers.after(left, () => {
        resolve(false);
      });
    });
    return Promise.race([answered.then(() => last?.isWell === true), tooLate]).finally(cancel);
  };

  return async () => {
    const asked = clock.monotonic();
    const isFresh = last !== undefined && asked - last.at < askedAfterMs;
    if (isFresh ? last?.isWell === true : await inTime()) return undefined;
    failingSince ??= asked;
    return clock.monotonic() - failingSince;
  };
};
