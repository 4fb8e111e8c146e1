import type { Actor, JudgedRow } from "@safar/contracts";
import type { ReadModel } from "@safar/read-model";
import { FileDamaged, FileMissing, KeyDestroyed } from "@safar/vault";
import { ListRefused } from "../lists/index.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";
import type { ImportLog, ImportState } from "./import-log.ts";
import { IMPORT_CHANNEL } from "./imports-table.ts";
import { judgeRows } from "./judge-rows.ts";
import type { KeptRows } from "./kept-rows.ts";
import type { AnyImportKind, ImportRun } from "./kind.ts";
import { JudgedElsewhere } from "./retry.ts";
import type { Uploads } from "./uploads.ts";

/** What one service's imports are worked on with. */
export interface ImportTools {
  readonly kit: Kit;
  readonly service: string;
  readonly readModel: ReadModel;
  readonly kind: AnyImportKind;
  readonly log: ImportLog;
  readonly uploads: Uploads;
  readonly keptRows: KeptRows;
}

type Received = NonNullable<ImportState["received"]>;

/** The list cannot be read any more: no retry brings it back, only sending it again. */
const isListGone = (error: unknown): boolean =>
  error instanceof FileMissing ||
  error instanceof FileDamaged ||
  error instanceof KeyDestroyed ||
  error instanceof ListRefused;

const runOf = ({ kit, readModel }: ImportTools, importId: string, received: Received, sender: Actor): ImportRun => {
  const actor: Actor = { ...sender, channel: IMPORT_CHANNEL };
  const { asOf, unit } = received;
  return {
    kit,
    readModel,
    importId,
    asOf,
    unit,
    context: () => ({ actor, occurredAt: nowOf(kit.environment), correlationId: importId }),
  };
};

const judge = async (
  tools: ImportTools,
  importId: string,
  state: ImportState & { readonly received: Received; readonly actor: Actor },
  signal: AbortSignal,
): Promise<void> => {
  const { kit, kind, log, uploads, service } = tools;
  const record = async (rows: readonly JudgedRow[]): Promise<void> => {
    const recorded = await log.record(importId, { type: "JudgeRows", rows });
    if (recorded !== "recorded")
      throw new JudgedElsewhere(`the rows from ${String(rows[0]?.row)} were judged elsewhere`);
    for (const { outcome } of rows)
      kit.metrics.count("safar_import_rows_total", "Rows of lists by outcome", { service, kind: kind.name, outcome });
  };
  const list = uploads.read(state.received.uploadId);
  const run = runOf(tools, importId, state.received, state.actor);
  await judgeRows({ kind, run, list, judged: state.judged, record, signal });
};

/** The rows to correct are kept, the list is destroyed, and only then has the import ended. */
const finish = async (
  { log, uploads, keptRows }: ImportTools,
  importId: string,
  { uploadId }: Received,
): Promise<void> => {
  const isErased = await uploads.isErased(uploadId);
  if (!isErased) await keptRows.write(importId, uploads.read(uploadId), log.judgedRows(importId));
  else if (!(await keptRows.has(importId))) throw new FileMissing(`the list of import ${importId} is gone`);
  await uploads.erase(uploadId);
  await log.record(importId, { type: "Finish" });
};

/** Another process that works on the same import has brought it so far that its list may be gone. */
const isThroughElsewhere = async ({ log, keptRows }: ImportTools, importId: string): Promise<boolean> => {
  const { received, phase, judged } = (await log.load(importId)).state;
  return phase !== "running" || (judged >= (received?.rows ?? 0) && (await keptRows.has(importId)));
};

/**
 * Brings one import to its end, from wherever it stands. Every step may be repeated: the rows judged last and not on
 * record are found by their transactions. Several processes may do so at once: of what they put on record each thing
 * stands once.
 * @throws JudgedElsewhere; the signal's reason; what passes by itself (`isPassing`), to be tried again
 */
export const runImport = async (tools: ImportTools, importId: string, signal: AbortSignal): Promise<void> => {
  const { kit, log, uploads } = tools;
  const { state } = await log.load(importId);
  const { received, actor, phase } = state;
  if (!received || !actor || phase !== "running") return;
  try {
    if (state.judged < received.rows) await judge(tools, importId, { ...state, received, actor }, signal);
    await finish(tools, importId, received);
  } catch (error) {
    if (!isListGone(error)) throw error;
    if (await isThroughElsewhere(tools, importId)) return void (await log.record(importId, { type: "Finish" }));
    kit.log.error({ importId, error: (error as Error).name }, "the list of an import can be read no more");
    await log.record(importId, { type: "Fail", reason: "list-gone" }, { attempt: received.uploadId });
    await uploads.erase(received.uploadId);
  }
};
