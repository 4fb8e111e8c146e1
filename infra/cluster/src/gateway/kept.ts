import type { Environment } from "@safar/kernel";

/**
 * Makes an answer once for all who ask meanwhile, and keeps it for so long as `keptMs` says. One that could not be made
 * is made anew for the next.
 */
export const createKept = <Answer>(
  environment: Environment,
  make: () => Promise<Answer>,
  keptMs: (answer: Answer) => number,
): (() => Promise<Answer>) => {
  let kept: { readonly answer: Promise<Answer>; until: number } | undefined;
  return () => {
    if (kept && environment.clock.monotonic() < kept.until) return kept.answer;
    const made = { answer: make(), until: Infinity };
    kept = made;
    made.answer.then(
      (answer) => {
        made.until = environment.clock.monotonic() + keptMs(answer);
      },
      () => {
        if (kept === made) kept = undefined;
      },
    );
    return made.answer;
  };
};
