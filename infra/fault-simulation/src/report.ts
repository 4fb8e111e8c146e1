import type { RunResult } from "@safar/testing/simulation";

/** What the invariants of goals.md say, in a few words. */
const INVARIANTS: Readonly<Record<number, string>> = {
  1: "every acknowledged event is there with the same bytes",
  2: "an append is all or nothing",
  3: "revisions are dense, positions increase",
  4: "one winner per expected revision, and no more than there is to give",
  5: "the same key of a command that succeeded gives the same answer, for ever",
  6: "a read model equals the fold of the history",
  7: "what a watcher saw has no gap and nothing twice",
  8: "every published event reaches each subscriber, in order per case, and is applied once",
  9: "no case is in a state without a legal path, and nothing hangs",
  10: "every reading of personal data is on record before it is answered, and told to nobody else",
  11: "nothing personal is in clear but in such an answer, and nothing at all of a person who was erased",
  12: "live again soon after the faults stop",
  13: "clocks never alter order",
};

/** What a person needs who is told that a seed has failed. */
export const failureLines = ({ seed, bus, last, broken }: RunResult, steps: number): readonly string[] => {
  if (!broken) return [];
  const { step, invariant, words } = broken;
  return [
    `seed ${seed} (${bus} bus) at step ${step}: invariant ${invariant}, ${INVARIANTS[invariant] ?? "of the simulation"}`,
    `  ${words}`,
    `  again: npm run simulate:faults -- --seed ${seed} --steps ${steps}`,
    "  the last steps (number, virtual milliseconds, what happened):",
    ...last.map((line) => `    ${line}`),
  ];
};

export interface Totals {
  seeds: number;
  steps: number;
  events: number;
  crashes: number;
  commands: number;
  readings: number;
  broken: number;
}

export const noTotals = (): Totals => ({
  seeds: 0,
  steps: 0,
  events: 0,
  crashes: 0,
  commands: 0,
  readings: 0,
  broken: 0,
});

export const add = (totals: Totals, { steps, events, crashes, commands, readings, broken }: RunResult): void => {
  totals.seeds += 1;
  totals.steps += steps;
  totals.events += events;
  totals.crashes += crashes;
  totals.commands += commands;
  totals.readings += readings;
  totals.broken += broken ? 1 : 0;
};

export const totalLine = ({ seeds, steps, events, crashes, commands, readings, broken }: Totals): string =>
  `${seeds} seeds, ${steps} steps, ${commands} commands, ${readings} readings, ${events} events, ${crashes} crashes: ${broken} broken`;
