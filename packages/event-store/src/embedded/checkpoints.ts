import type { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { CHECKPOINT_PAGES, FINISH_PAGES, MAX_CHECKPOINT_ROUNDS } from "./limits.ts";

/*
 * What is committed stands in the write-ahead log until a checkpoint brings it into the file. A large one takes long
 * enough to be felt by every append that waits for it, so a helper's thread does it while the writer goes on. Only a
 * checkpoint that reaches the very end lets the write-ahead log begin anew; the writer, whom nobody overtakes, does
 * that last small part itself.
 */

export interface Checkpoints {
  /** @param bytes of the events that were committed. */
  afterCommit(bytes: number): void;
  /** Resolves once the helper has let go of the file. */
  stop(): Promise<void>;
}

/** What the helper answers: pages in the write-ahead log, and how many of them are in the file. */
export interface CheckpointResult {
  readonly log: number;
  readonly checkpointed: number;
  readonly problem?: string;
}

/** Bytes of events that fill a page of the write-ahead log, with indexes and what is written twice. */
const BYTES_PER_PAGE = 2_500;
/** Pages of a transaction whatever its size: one of each table and index. */
const PAGES_PER_COMMIT = 8;

export const createCheckpoints = (
  database: DatabaseSync,
  file: string,
  report: (problem: unknown) => void,
): Checkpoints => {
  const finish = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  let helper: Worker | undefined;
  let gone = Promise.resolve();
  let pages = 0;
  let rounds = 0;

  const begin = (): void => {
    rounds += 1;
    helper ??= start();
    helper.postMessage("checkpoint");
  };
  const end = (): void => {
    pages = 0;
    rounds = 0;
  };
  const receive = ({ log, checkpointed, problem }: CheckpointResult): void => {
    try {
      if (problem !== undefined) throw new Error(problem);
      if (log - checkpointed > FINISH_PAGES && rounds < MAX_CHECKPOINT_ROUNDS) return begin();
      finish.get();
    } catch (failure) {
      report(failure);
    }
    end();
  };
  const start = (): Worker => {
    const worker = new Worker(new URL("./checkpoint-thread.ts", import.meta.url), { workerData: file });
    gone = new Promise((resolve) => {
      worker.once("exit", () => {
        // Should it die, the next checkpoint starts another.
        helper = undefined;
        end();
        resolve();
      });
    });
    worker.on("message", receive);
    worker.on("error", report);
    return worker;
  };

  return {
    afterCommit(bytes) {
      pages += PAGES_PER_COMMIT + Math.ceil(bytes / BYTES_PER_PAGE);
      if (pages >= CHECKPOINT_PAGES && rounds === 0) begin();
    },
    async stop() {
      helper?.postMessage("stop");
      await gone;
    },
  };
};
