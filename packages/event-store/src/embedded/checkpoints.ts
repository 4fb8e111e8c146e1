import type { DatabaseSync } from "node:sqlite";
import { CHECKPOINT_PAGES } from "./limits.ts";

export interface Checkpoints {
  afterCommit(): void;
  stop(): void;
}

export const createCheckpoints = (database: DatabaseSync, report: (problem: unknown) => void): Checkpoints => {
  const status = database.prepare("PRAGMA wal_checkpoint(NOOP)");
  const checkpoint = database.prepare("PRAGMA wal_checkpoint(PASSIVE)");
  return {
    afterCommit() {
      try {
        const { log, checkpointed } = status.get() ?? {};
        if (Number(log) - Number(checkpointed) >= CHECKPOINT_PAGES) checkpoint.get();
      } catch (problem) {
        report(problem);
      }
    },
    stop() {
      return;
    },
  };
};
