import { everyRow, type Projection } from "@safar/read-model";
import { placeOfError } from "./error-place.ts";
import type { ImportRow } from "./imports-table.ts";
import {
  KEEP_ROWS_DAYS,
  LOOK_FOR_LEFT_MS,
  MAX_IMPORTS_AT_ONCE,
  SHOWS_WORK_WITHIN_MS,
  SWEEP_EVERY_MS,
  UPLOAD_LEFT_AFTER_MS,
} from "./limits.ts";
import { createLeftImports } from "./left-imports.ts";
import { isPassing, JudgedElsewhere, untilDone } from "./retry.ts";
import { runImport, type ImportTools } from "./run-import.ts";

const DAY_MS = 86_400_000;

/** Rejects with the signal's reason. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });

/** Works on a service's imports, a few at once, in the order in which they came; and destroys what has had its time. */
export const startImportRunner = (tools: ImportTools, table: Projection<ImportRow>, ready: Promise<void>) => {
  const { kit, service, readModel, log, uploads, keptRows } = tools;
  const { timers, clock } = kit.environment;
  const stopping = new AbortController();
  const { signal } = stopping;
  const waiting: string[] = [];
  const running = new Map<string, Promise<void>>();
  /** Sent again while its last run was ending. */
  const again = new Set<string>();

  /** Whether its rows go on being judged while this process does nothing. Else it was this one's own answer, lost. */
  const isAtWorkElsewhere = async (importId: string): Promise<boolean> => {
    const judged = async () => (await log.load(importId)).state.judged;
    const before = await untilDone(kit.environment, signal, judged);
    await timers.sleep(SHOWS_WORK_WITHIN_MS, signal);
    return (await untilDone(kit.environment, signal, judged)) > before;
  };

  const run = async (importId: string): Promise<void> => {
    const goesOn = (error: unknown): boolean => {
      if (signal.aborted || error instanceof JudgedElsewhere) return false;
      // No error of ours may end an import half-way: it is told, and tried again.
      if (!isPassing(error)) kit.log.error({ importId, service, ...placeOfError(error) }, "an import could not go on");
      return true;
    };
    for (;;) {
      try {
        await untilDone(kit.environment, signal, () => runImport(tools, importId, signal), goesOn);
        return;
      } catch (error) {
        if (!(error instanceof JudgedElsewhere)) throw error;
        if (await isAtWorkElsewhere(importId)) return;
      }
    }
  };

  const startNext = (): void => {
    while (running.size < MAX_IMPORTS_AT_ONCE && !signal.aborted) {
      const importId = waiting.shift();
      if (importId === undefined) return;
      const work = run(importId)
        .catch((error: unknown) => {
          if (!signal.aborted) kit.log.error({ importId, service, ...placeOfError(error) }, "an import has stopped");
        })
        .finally(() => {
          running.delete(importId);
          if (again.delete(importId)) waiting.push(importId);
          startNext();
        });
      running.set(importId, work);
    }
  };

  const submit = (importId: string): void => {
    if (signal.aborted || waiting.includes(importId)) return;
    if (running.has(importId)) again.add(importId);
    else waiting.push(importId);
    startNext();
  };

  const rows = (status: ImportRow["status"]) => everyRow(readModel.table(table), { status });

  /** What an interruption left behind, and rows whose time is over. */
  const sweep = async (): Promise<void> => {
    const inUse = new Set([...rows("running")].map(({ row }) => row.uploadId));
    for (const { key: uploadId, row } of [...rows("upload")])
      if (!inUse.has(uploadId) && clock.now() - row.since >= UPLOAD_LEFT_AFTER_MS) await uploads.erase(uploadId);
    for (const { key: importId, row } of [...rows("done"), ...rows("failed")]) {
      if (clock.now() - row.since < KEEP_ROWS_DAYS * DAY_MS) continue;
      await keptRows.erase(importId);
      await log.record(importId, { type: "EraseRows" });
    }
  };

  const unfinished = () => [...rows("running")].sort((left, right) => left.row.since - right.row.since);

  /** What a process that died left half-way, its own last run or another replica, is gone on with. */
  const goOnWithWhatWasLeft = async (): Promise<void> => {
    const left = createLeftImports(clock);
    while (!signal.aborted) {
      for (const importId of left.among(unfinished())) submit(importId);
      await timers.sleep(LOOK_FOR_LEFT_MS, signal).catch(() => undefined);
    }
  };

  const work = async (): Promise<void> => {
    // Tables that never get ready are closed only once this has stopped, so a stop must not wait for them.
    await Promise.race([ready, aborted(signal)]);
    for (const { key } of unfinished()) submit(key);
    await Promise.all([goOnWithWhatWasLeft(), sweepNowAndThen()]);
  };

  const sweepNowAndThen = async (): Promise<void> => {
    while (!signal.aborted) {
      await sweep().catch((error: unknown) => {
        if (!signal.aborted)
          kit.log.error({ service, ...placeOfError(error) }, "the sweep of imports could not finish");
      });
      await timers.sleep(SWEEP_EVERY_MS, signal).catch(() => undefined);
    }
  };
  // Stopped before the tables were ready: then there is nothing to go on with.
  const working = work().catch(() => undefined);

  return {
    submit,
    /** Rows under way are finished; what is left goes on at the next start. */
    async stop(): Promise<void> {
      stopping.abort(new Error("shutting down"));
      await Promise.all([working, ...running.values()]);
    },
  };
};
export type ImportRunner = ReturnType<typeof startImportRunner>;
