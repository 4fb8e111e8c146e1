import type { JudgedRow } from "@safar/contracts";
import { LIST_LIMITS, readList, type ListRow } from "../lists/index.ts";
import { placeOfError } from "./error-place.ts";
import type { AnyImportKind, ImportRun, RowOutcome, RowWork } from "./kind.ts";
import { MAX_ROWS_IN_FLIGHT, MAX_ROWS_PER_EVENT, MAX_ROW_TRIES, RECORD_AFTER_MS, YIELD_AFTER_MS } from "./limits.ts";
import { untilDone } from "./retry.ts";
import { createRowOrder } from "./row-order.ts";
import { ROW_NOT_TAKEN } from "./words.ts";

/** One row, whatever happens: what passes by itself is waited for, what fails again and again rejects the row alone. */
const performed = async (run: ImportRun, signal: AbortSignal, row: number, work: RowWork): Promise<RowOutcome> => {
  const { environment, log } = run.kit;
  try {
    // Who was erased in this moment is a new person the next time.
    return await untilDone(
      environment,
      signal,
      () => work.perform(),
      (_error, failures) => failures < MAX_ROW_TRIES,
    );
  } catch (error) {
    if (signal.aborted) throw error;
    log.error({ importId: run.importId, row, ...placeOfError(error) }, "a row of an import could not be taken");
    return { outcome: "rejected", reasons: [{ code: ROW_NOT_TAKEN }] };
  }
};

/** Gathers outcomes in the file's order, and says when it is time to put them on record. */
const createBatch = (run: ImportRun, record: (rows: readonly JudgedRow[]) => Promise<void>) => {
  const { clock } = run.kit.environment;
  let rows: JudgedRow[] = [];
  let since = clock.monotonic();
  const flush = async (): Promise<void> => {
    if (rows.length > 0) await record(rows);
    rows = [];
    since = clock.monotonic();
  };
  return {
    flush,
    async add(row: JudgedRow): Promise<void> {
      rows.push(row);
      if (rows.length >= MAX_ROWS_PER_EVENT || clock.monotonic() - since >= RECORD_AFTER_MS) await flush();
    },
  };
};

/** Lets other work have its turn now and then, also where no row has to wait for a disk. */
const createPace = ({ clock, timers }: ImportRun["kit"]["environment"]) => {
  let since = clock.monotonic();
  return async (): Promise<void> => {
    if (clock.monotonic() - since < YIELD_AFTER_MS) return;
    await timers.sleep(0);
    since = clock.monotonic();
  };
};

/**
 * Judges the rows after `judged`, a bounded number at once, and records what became of them in the file's order.
 * @throws the signal's reason; what reading the list or recording throws
 */
export const judgeRows = async (options: {
  readonly kind: AnyImportKind;
  readonly run: ImportRun;
  readonly list: AsyncIterable<Uint8Array>;
  /** Rows that were judged before. */
  readonly judged: number;
  readonly record: (rows: readonly JudgedRow[]) => Promise<void>;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const { kind, run, list, judged, record, signal } = options;
  const take = kind.begin(run);
  const inOrder = createRowOrder();
  const batch = createBatch(run, record);
  const giveWay = createPace(run.kit.environment);
  /** In the file's order. */
  const underWay: Promise<JudgedRow>[] = [];

  const start = (row: ListRow<string>, work: RowWork | RowOutcome): void => {
    const outcome =
      "perform" in work ? inOrder(work.keys, () => performed(run, signal, row.row, work)) : Promise.resolve(work);
    const judgedRow = outcome.then((done): JudgedRow => ({ row: row.row, ...done }));
    // It is looked at when its turn comes; until then its failure is nobody's.
    judgedRow.catch(() => undefined);
    underWay.push(judgedRow);
  };
  const settleFirst = async (): Promise<void> => {
    const first = await underWay[0];
    void underWay.shift();
    if (first) await batch.add(first);
  };

  try {
    for await (const row of readList(list, kind.columns, LIST_LIMITS)) {
      await giveWay();
      signal.throwIfAborted();
      const { fault } = row;
      const work: RowWork | RowOutcome = fault
        ? { outcome: "rejected", reasons: [{ code: fault.code, params: { ...fault.params } }] }
        : take(row);
      if (row.row <= judged) continue;
      start(row, work);
      if (underWay.length >= MAX_ROWS_IN_FLIGHT) await settleFirst();
    }
    while (underWay.length > 0) await settleFirst();
    await batch.flush();
  } finally {
    await Promise.allSettled(underWay);
  }
};
