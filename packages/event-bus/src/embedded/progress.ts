/**
 * How far a consumer has come. Partitions finish in any order; what counts is the highest position below which
 * everything is handled, since that is where a restart goes on.
 */
export interface Progress {
  position(): bigint;
  /** An event was handed out; the returned function says that it is handled. */
  begin(position: bigint): () => void;
  /** Everything up to here was handed out or passed over. */
  passed(position: bigint): void;
}

interface Step {
  readonly position: bigint;
  isDone: boolean;
}

/** So many steps before the list is looked through the first time. */
const CUT_AFTER = 1_024;

/** Of steps that are done one after the other only the last counts: so the list is as long as what is not done. */
const withoutPassed = (steps: readonly Step[]): Step[] =>
  steps.filter((step, index) => !step.isDone || steps[index + 1]?.isDone !== true);

/** @param start where this run began */
export const createProgress = (start: bigint, onAdvance: () => void): Progress => {
  let steps: Step[] = [];
  let cutAt = CUT_AFTER;
  let first = 0;
  let position = start;

  const cut = (): void => {
    steps = withoutPassed(steps.slice(first));
    first = 0;
    cutAt = 2 * steps.length + CUT_AFTER;
  };
  const advance = (): void => {
    const before = position;
    for (let step = steps[first]; step?.isDone; step = steps[first]) {
      if (step.position > position) position = step.position;
      first += 1;
    }
    if (first >= CUT_AFTER || steps.length >= cutAt) cut();
    if (position > before) onAdvance();
  };

  return {
    position: () => position,
    begin(at) {
      const step: Step = { position: at, isDone: false };
      steps.push(step);
      return () => {
        step.isDone = true;
        advance();
      };
    },
    passed(at) {
      steps.push({ position: at, isDone: true });
      advance();
    },
  };
};
