import { contractSet, PersonalDataRead, type Actor } from "@safar/contracts";
import { accept } from "@safar/kernel";
import { defineAggregate, type Executor } from "@safar/event-store";
import { ProblemError } from "../http/problem.ts";

interface ReadCommand {
  readonly what: string;
  readonly fields: readonly string[];
  readonly page?: string;
}

export const accessContracts = contractSet({
  category: "access",
  service: "service-kit",
  subject: "case",
  contracts: [PersonalDataRead],
});

/** `access-<caseId>`: every reading is a fact of its own, and none is ever refused. */
export const accessLog = defineAggregate({
  contracts: accessContracts,
  decider: {
    initial: undefined,
    evolve: () => undefined,
    decide: (_state: undefined, { what, fields, page }: ReadCommand) =>
      accept({ type: "PersonalDataRead" as const, data: { what, fields: [...fields], page } }),
  },
  ofCase: false,
});

/** Other processes read the same case too: a conflict with them is tried again this often. */
const MAX_TRIES = 20;
/** Readers of one case that may wait in this process; a record takes some ten milliseconds, so the last waits seconds. */
const MAX_WAITING = 500;

/** Readings of one case that wait for each other. */
interface Line {
  last: Promise<unknown>;
  waiting: number;
}
type Lines = Map<string, Line>;
const linesOf = new WeakMap<Executor, Lines>();

/**
 * One after the other for each case: a stream takes one append at a time, and whoever is refused reads it anew. Readers
 * of one case at once would otherwise spend most of their time, and everybody else's, on conflicts with each other.
 * @throws ProblemError contended where too many wait
 */
const inLine = async (executor: Executor, caseId: string, work: () => Promise<void>): Promise<void> => {
  const lines = linesOf.get(executor) ?? new Map<string, Line>();
  linesOf.set(executor, lines);
  const line = lines.get(caseId) ?? { last: Promise.resolve(), waiting: 0 };
  if (line.waiting >= MAX_WAITING) throw new ProblemError("contended", { retryAfter: 1 });
  lines.set(caseId, line);
  const mine = line.last.then(work);
  line.last = mine.catch(() => undefined);
  line.waiting += 1;
  try {
    await mine;
  } finally {
    line.waiting -= 1;
    if (line.waiting === 0) lines.delete(caseId);
  }
};

interface Reading extends ReadCommand {
  readonly caseId: string;
  readonly actor: Actor;
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly transactionId: string;
}

const record = async (executor: Executor, reading: Reading): Promise<void> => {
  const { caseId, actor, occurredAt, correlationId, transactionId, ...command } = reading;
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const outcome = await executor.execute({
      aggregate: accessLog,
      id: caseId,
      command,
      transactionId,
      context: { actor, occurredAt, correlationId },
      header: { caseId },
    });
    if (outcome.kind === "recorded") return;
  }
  throw new ProblemError("contended", { retryAfter: 1 });
};

/**
 * Puts a reading of personal data on record; durable before it resolves, and so before the first byte is sent.
 * @throws ProblemError contended where others read the case again and again: then nothing may be shown
 */
export const recordAccess = (executor: Executor, reading: Reading): Promise<void> =>
  inLine(executor, reading.caseId, () => record(executor, reading));
