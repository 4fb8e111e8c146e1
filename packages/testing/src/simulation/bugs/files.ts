import type { ServiceDefinition } from "@safar/service-kit";
import type { PersistentFile } from "../persistent-file.ts";
import type { Surroundings } from "../surroundings.ts";

/** What a service keeps on its disk. */
export interface Files {
  readonly readModel: PersistentFile;
  readonly progress: PersistentFile;
}

const hasTable = ({ database }: PersistentFile, table: string): boolean =>
  database.prepare("SELECT 1 FROM sqlite_schema WHERE name = ?").get(table) !== undefined;

/** The checkpoint of some events ago, with the rows of now: they were not stored together. */
const setCheckpointBack = ({ readModel }: Files): void => {
  if (!hasTable(readModel, "checkpoint")) return;
  readModel.database.exec("UPDATE checkpoint SET position = -1, id = NULL, stream = NULL, revision = NULL, at = NULL");
};

const loseProgress = ({ progress }: Files, head: bigint): void => {
  if (hasTable(progress, "checkpoint")) progress.database.prepare("UPDATE checkpoint SET position = ?").run(head);
};

/** What a buggy process has left on its disk when it crashed. */
export const corruptFiles = ({ bug, witness }: Surroundings, _definition: ServiceDefinition, files: Files): void => {
  if (bug === "checkpoint-apart-from-rows") setCheckpointBack(files);
  if (bug === "checkpoint-lost") loseProgress(files, witness.head());
};
