import { DatabaseSync } from "node:sqlite";
import { workerData } from "node:worker_threads";
import type { BackupData } from "./backup.ts";

/*
 * A thread of its own, since copying a large log takes minutes. VACUUM INTO reads one snapshot of the log, so the
 * copy is consistent whatever is appended meanwhile; only the write-ahead log grows until it is done.
 */
const { source, target } = workerData as BackupData;
const database = new DatabaseSync(source, { readOnly: true });
try {
  database.prepare("VACUUM INTO ?").run(target);
} finally {
  database.close();
}
