import { unlinkSync } from "node:fs";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { isErrorCode } from "../disk.ts";
import { emptyWriteAheadLog, rewrite } from "./database.ts";
import { MAX_SEARCHED_VALUES, remainsIn } from "./remains.ts";
import { noAftermath, type Aftermath } from "./aftermath.ts";
import type { Answer, Outcome, Write } from "./protocol.ts";
import { createWrites, type Writes } from "./writes.ts";

export interface Committer {
  /** One transaction and one sync for all of them; their outcomes in the same order. */
  commit(writes: readonly Write[]): readonly Outcome[];
  /** While held, a file that is replaced or removed stays, so that a backup can copy it. An erased one goes at once. */
  holdFiles(hold: boolean): void;
}

/** @param databaseFile a descriptor of the database that nobody closes: closing one drops SQLite's locks (POSIX) */
export const createCommitter = (database: DatabaseSync, databaseFile: number, filesFolder: string): Committer => {
  const apply = createWrites(database);
  const heldFiles: string[] = [];
  const erasedFiles: string[] = [];
  let holding = false;

  const inTransaction = (writes: readonly Write[], aftermath: Aftermath): readonly Answer[] => {
    database.exec("BEGIN IMMEDIATE");
    try {
      const answers = writes.map((write) => applyOne(apply, write, aftermath));
      database.exec("COMMIT");
      return answers;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  };

  /** What is not removed now is removed when the vault is next opened. */
  const dropHeldFiles = (): void => {
    failureOf(() => removeFiles(filesFolder, heldFiles));
  };

  const mustRewrite = ({ unsettled, erasedValues }: Aftermath): boolean =>
    unsettled ||
    erasedValues.length > MAX_SEARCHED_VALUES ||
    (erasedValues.length > 0 && remainsIn(databaseFile, erasedValues));

  /** Erased is what is nowhere: not in the log of writes, not in a file, not in a corner of a page. */
  const settle = (aftermath: Aftermath): void => {
    erasedFiles.push(...aftermath.erasedFiles);
    removeFiles(filesFolder, erasedFiles);
    emptyWriteAheadLog(database);
    if (mustRewrite(aftermath)) rewrite(database);
    const settled = database.prepare("UPDATE erasures SET settled = 1 WHERE subject = ? AND settled = 0");
    database.exec("BEGIN IMMEDIATE");
    for (const subject of aftermath.erasedSubjects) settled.run(subject);
    database.exec("COMMIT");
  };

  const together = (writes: readonly Write[]): readonly Outcome[] => {
    const aftermath = noAftermath();
    const outcomes: Outcome[] = inTransaction(writes, aftermath).map((answer) => ({ answer }));
    heldFiles.push(...aftermath.replacedFiles);
    if (!holding) dropHeldFiles();
    if (aftermath.erasedSubjects.length === 0) return outcomes;
    const failure = failureOf(() => settle(aftermath));
    if (failure === undefined) return outcomes;
    if (database.isTransaction) database.exec("ROLLBACK");
    return outcomes.map((outcome, index) => (writes[index]?.kind === "erase" ? { failure } : outcome));
  };

  const commit = (writes: readonly Write[]): readonly Outcome[] => {
    try {
      return together(writes);
    } catch (error) {
      // One that fails must not fail the others: each is tried by itself.
      return writes.length > 1 ? writes.flatMap((write) => commit([write])) : [{ failure: String(error) }];
    }
  };

  return {
    commit,
    holdFiles(hold) {
      holding = hold;
      if (!hold) dropHeldFiles();
    },
  };
};

const applyOne = (writes: Writes, write: Write, aftermath: Aftermath): Answer => {
  switch (write.kind) {
    case "person":
      return writes.person(write.input, aftermath);
    case "index":
      return writes.index(write.input, aftermath);
    case "key":
      return writes.key(write.input, aftermath);
    case "file":
      return writes.file(write.input, aftermath);
    case "removeFile":
      return writes.removeFile(write.input, aftermath);
    case "erase":
      return writes.erase(write.input, aftermath);
  }
};

const failureOf = (work: () => void): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return String(error);
  }
};

/** Takes each file off the list once it is gone; the rest is tried again next time. */
const removeFiles = (folder: string, files: string[]): void => {
  for (let file = files.at(-1); file !== undefined; file = files.at(-1)) {
    try {
      unlinkSync(join(folder, file));
    } catch (error) {
      if (!isErrorCode(error, "ENOENT")) throw error;
    }
    files.pop();
  }
};
