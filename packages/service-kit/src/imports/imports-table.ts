import { ImportReceived, ImportRowsJudged, streamIdOf, type DecodedEvent } from "@safar/contracts";
import type { Projection, ReadModel } from "@safar/read-model";

/** An import, or an upload that is no import yet or serves one; it goes once nothing is left to do for it. */
export interface ImportRow {
  readonly status: "upload" | "running" | "done" | "failed";
  /** When it came to that, milliseconds since the epoch. */
  readonly since: number;
  /** Of an import. */
  readonly uploadId?: string;
  /** Of an import at work: the last row on record, by which others see that somebody works on it. */
  readonly judged?: number;
}

const project = (row: ImportRow | undefined, event: DecodedEvent): ImportRow | undefined => {
  const since = event.recordedAt;
  switch (event.type) {
    case "ImportUploadBegan":
      return { status: "upload", since };
    case "ImportReceived":
      return { status: "running", since, uploadId: ImportReceived.schema.parse(event.data).uploadId };
    case "ImportRowsJudged":
      return row && { ...row, judged: ImportRowsJudged.schema.parse(event.data).rows.at(-1)?.row ?? 0 };
    case "ImportFinished":
      return { ...row, status: "done", since };
    case "ImportFailed":
      return { ...row, status: "failed", since };
    case "ImportUploadErased":
    case "ImportRowsErased":
      return undefined;
    default:
      return row;
  }
};

/** What a service's imports still need: to go on with after a restart, or to be destroyed when its time comes. */
export const importsTable = (service: string): Projection<ImportRow> => ({
  name: "imports",
  version: 2,
  categories: ["import"],
  keysOf: (event) => (event.meta.service === service ? [streamIdOf(event.stream)] : []),
  project,
  indexes: ["status"],
});

/** What an import's rows write names the import as its correlation. */
export const IMPORT_CHANNEL = "import";

/** Whether an event was written by a row of an import that is still at work, and will finish what it began. */
export const isOfRunningImport = (
  readModel: ReadModel,
  table: Projection<ImportRow>,
  { meta }: Pick<DecodedEvent, "meta">,
): boolean =>
  meta.actor.channel === IMPORT_CHANNEL && readModel.table(table).get(meta.correlationId)?.status === "running";
