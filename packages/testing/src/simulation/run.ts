import { pino } from "pino";
import type { Environment } from "@safar/kernel";
import type { ServiceDefinition } from "@safar/service-kit";
import type { BugName } from "./bugs/names.ts";
import type { Chance } from "./chance.ts";
import type { Send } from "./clients.ts";
import { verifyEverything } from "./invariants/everything.ts";
import { findDifferences } from "./invariants/read-models.ts";
import { whatIsOpen, whoIsBehind } from "./quiet.ts";
import { buildSystem, type System } from "./system.ts";

/** What drives a run from outside: people and programs that use the public doors. Resolves when all of them are done. */
export type Act = (outside: {
  readonly send: Send;
  readonly environment: Environment;
  readonly chance: Chance;
  /** Erases the person of a case, as somebody does who may. */
  readonly erase: (caseId: string) => Promise<void>;
  /** Somebody could not come to the end of what he began. */
  readonly stuck: (words: string) => void;
}) => Promise<void>;

export interface RunOptions {
  readonly seed: number;
  /** Steps with faults, at most; they stop earlier when all is done. */
  readonly steps: number;
  readonly services: readonly ServiceDefinition[];
  readonly act: Act;
  /** How published events reach the services. Default: the seed says. */
  readonly bus?: "embedded" | "stream";
  readonly bug?: BugName;
  readonly watchers?: number;
}

export interface RunResult {
  readonly seed: number;
  /** Two runs with the same digest took the same steps. */
  readonly digest: string;
  readonly bus: "embedded" | "stream";
  readonly steps: number;
  /** Virtual time that has passed. */
  readonly milliseconds: number;
  readonly events: number;
  readonly crashes: number;
  readonly commands: number;
  /** Answers that showed personal values. */
  readonly readings: number;
  /** The invariant that did not hold, and what was seen. */
  readonly broken?: { readonly invariant: number; readonly words: string; readonly step: number };
  readonly last: readonly string[];
}

/** Goals, invariant 12: everything is live again so soon after the faults have stopped. */
const LIVE_AGAIN_MS = 10_000;
/** Over the broker it takes its wait for an acknowledgement (10 s), a client's wait for an answer and a pause (5 s each). */
const LIVE_AGAIN_OVER_THE_STREAM_MS = 30_000;
/**
 * When everything that was begun has come to an end: what a crash left half done is given up after a minute by a clock
 * that may be wrong, and whoever waited for it begins that command anew.
 */
const SETTLED_AFTER_MS = 15 * 60_000;
/** Read models are compared with the history so often while a run goes on, and all of them at its end. */
const COMPARE_EVERY_STEPS = 1_500;

const compareOne = async ({ processes, chance, store, decoder, verdict }: System): Promise<void> => {
  const { runtime } = chance.pick(processes);
  if (runtime) await findDifferences({ store, decoder, verdict, runtime });
};

/** Lets things happen until a condition holds; false when a virtual time has come before, or something was found. */
const stepUntil = async (system: System, isDone: () => boolean, deadline = Infinity): Promise<boolean> => {
  const { schedule, verdict, weather } = system;
  while (!isDone()) {
    if (verdict.first || schedule.now() > deadline) return false;
    weather.step();
    if (!(await schedule.step())) return false;
    if (schedule.steps() % COMPARE_EVERY_STEPS === 0) await compareOne(system);
  }
  return verdict.first === undefined;
};

/** Invariant 12: what was recorded while there were faults has reached everybody. */
const liveAgain = async (system: System): Promise<void> => {
  const { schedule, audit, verdict, streamBus } = system;
  const head = audit.events.at(-1)?.position ?? -1n;
  const since = schedule.now();
  const limit = streamBus ? LIVE_AGAIN_OVER_THE_STREAM_MS : LIVE_AGAIN_MS;
  await stepUntil(system, () => schedule.now() >= since + limit || whoIsBehind(head, system).length === 0);
  const behind = whoIsBehind(head, system);
  if (behind.length > 0)
    verdict.broken(12, `${limit} ms after the faults have stopped are not current: ${behind.join(", ")}`);
};

const runSystem = async (system: System, { act, steps, seed }: RunOptions): Promise<void> => {
  const { schedule, verdict, weather, chance } = system;
  const progress = { isOver: false };
  act({
    send: system.send,
    environment: system.client.environment,
    chance: chance.fork("act"),
    erase: system.privacy.erase,
    stuck: (words) => verdict.broken(9, words),
  }).then(
    () => (progress.isOver = true),
    (error: unknown) => verdict.broken(9, `what drives seed ${seed} has failed: ${String(error)}`),
  );
  await stepUntil(system, () => progress.isOver || schedule.steps() >= steps);
  weather.clear();
  await liveAgain(system);
  const limit = schedule.now() + SETTLED_AFTER_MS;
  if (!(await stepUntil(system, () => progress.isOver && whatIsOpen(system).length === 0, limit))) {
    const open = [...whatIsOpen(system), ...(progress.isOver ? [] : ["people"])].join(", ");
    verdict.broken(9, `${SETTLED_AFTER_MS} ms after the faults have stopped are not at their end: ${open}`);
    return;
  }
  await verifyEverything(system);
};

/** Runs the whole system in one process under virtual time; the seed decides everything that happens. */
export const runSeed = async (options: RunOptions): Promise<RunResult> => {
  const system = buildSystem({ ...options, log: pino({ level: "silent" }) });
  const { schedule, audit, weather, answers, verdict, streamBus } = system;
  try {
    await runSystem(system, options);
    return {
      seed: options.seed,
      digest: schedule.trace.digest(),
      bus: streamBus ? "stream" : "embedded",
      steps: schedule.steps(),
      milliseconds: schedule.now(),
      events: audit.events.length,
      crashes: weather.crashes,
      commands: answers.succeeded.length,
      readings: system.privacy.readings.shown,
      ...(verdict.first ? { broken: { ...verdict.first, step: schedule.steps() } } : {}),
      last: schedule.trace.last(),
    };
  } finally {
    for (const process of system.processes) process.remove();
  }
};
