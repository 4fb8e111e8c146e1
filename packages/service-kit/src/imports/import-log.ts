import {
  decodeWith,
  importContractsOf,
  ImportRowsJudged,
  streamName,
  type Actor,
  type FactOf,
  type FactOfContract,
  type ImportReceived,
  type JudgedRow,
  type RecordedFactOf,
} from "@safar/contracts";
import { accept, deriveUuid, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { defineAggregate, type Header, type LoadedStream } from "@safar/event-store";
import { nowOf, type Kit } from "../runtime/kit.ts";

type ImportContracts = ReturnType<typeof importContractsOf>;
type Received = FactOfContract<typeof ImportReceived>["data"];

/** What became of the rows so far. */
export interface ImportCounts {
  readonly registered: number;
  readonly rejected: number;
  readonly duplicates: number;
  /** Registered rows with a warning. */
  readonly warned: number;
  /** Rows by each reason and warning. */
  readonly byReason: Readonly<Record<string, number>>;
}

export interface ImportState {
  readonly received: Received | undefined;
  /** Who sent the list first. */
  readonly actor: Actor | undefined;
  readonly phase: "none" | "running" | "done" | "failed";
  /** Rows judged: all up to this one. */
  readonly judged: number;
  readonly counts: ImportCounts;
  readonly rowsErased: boolean;
  readonly upload: "none" | "begun" | "erased";
}

export type ImportCommand =
  | { readonly type: "BeginUpload"; readonly kind: Received["kind"] }
  | { readonly type: "EraseUpload" }
  | { readonly type: "Receive"; readonly received: Received }
  | { readonly type: "JudgeRows"; readonly rows: readonly JudgedRow[] }
  | { readonly type: "Finish" }
  | { readonly type: "Fail"; readonly reason: string }
  | { readonly type: "EraseRows" };

export type ImportRefusal = RefusalOf<"already-done" | "not-running" | "rows-missing">;

const initial: ImportState = {
  received: undefined,
  actor: undefined,
  phase: "none",
  judged: 0,
  counts: { registered: 0, rejected: 0, duplicates: 0, warned: 0, byReason: {} },
  rowsErased: false,
  upload: "none",
};

const withRow = (counts: ImportCounts, { outcome, reasons = [], warnings = [] }: JudgedRow): ImportCounts => {
  const byReason = { ...counts.byReason };
  for (const code of new Set([...reasons.map((reason) => reason.code), ...warnings]))
    byReason[code] = (byReason[code] ?? 0) + 1;
  return {
    registered: counts.registered + (outcome === "registered" ? 1 : 0),
    rejected: counts.rejected + (outcome === "rejected" ? 1 : 0),
    duplicates: counts.duplicates + (outcome === "duplicate" ? 1 : 0),
    warned: counts.warned + (warnings.length > 0 ? 1 : 0),
    byReason,
  };
};

const evolve = (state: ImportState, fact: RecordedFactOf<ImportContracts>): ImportState => {
  switch (fact.type) {
    case "ImportUploadBegan":
      return { ...state, upload: "begun" };
    case "ImportUploadErased":
      return { ...state, upload: "erased" };
    case "ImportReceived":
      return { ...state, received: fact.data, actor: state.actor ?? fact.meta.actor, phase: "running" };
    case "ImportRowsJudged":
      return {
        ...state,
        judged: Math.max(state.judged, ...fact.data.rows.map(({ row }) => row)),
        counts: fact.data.rows.reduce(withRow, state.counts),
      };
    case "ImportFinished":
      return { ...state, phase: "done" };
    case "ImportFailed":
      return { ...state, phase: "failed" };
    case "ImportRowsErased":
      return { ...state, rowsErased: true };
  }
};

type ImportDecision = Decision<FactOf<ImportContracts>, ImportRefusal>;

const decideRunning = (
  state: ImportState,
  command: Extract<ImportCommand, { type: "JudgeRows" | "Finish" | "Fail" }>,
): ImportDecision => {
  const { received, judged, counts } = state;
  if (state.phase !== "running" || !received) return refuse("not-running");
  switch (command.type) {
    case "JudgeRows":
      // Another process has put these rows on record already.
      if (command.rows[0]?.row !== judged + 1) return refuse("already-done");
      return accept({ type: "ImportRowsJudged", data: { rows: [...command.rows] } });
    case "Finish": {
      if (judged < received.rows) return refuse("rows-missing");
      const { byReason: _byReason, ...totals } = counts;
      return accept({ type: "ImportFinished", data: { rows: received.rows, ...totals } });
    }
    case "Fail":
      return accept({ type: "ImportFailed", data: { reason: command.reason }, reasonCode: command.reason });
  }
};

const decide = (state: ImportState, command: ImportCommand): ImportDecision => {
  switch (command.type) {
    case "BeginUpload":
      return state.upload === "none"
        ? accept({ type: "ImportUploadBegan", data: { kind: command.kind } })
        : refuse("already-done");
    case "EraseUpload":
      return state.upload === "erased" ? refuse("already-done") : accept({ type: "ImportUploadErased", data: {} });
    case "Receive":
      if (state.phase === "running" || state.phase === "done") return refuse("already-done");
      return accept({ type: "ImportReceived", data: command.received });
    case "EraseRows":
      return state.rowsErased ? refuse("already-done") : accept({ type: "ImportRowsErased", data: {} });
    case "JudgeRows":
    case "Finish":
    case "Fail":
      return decideRunning(state, command);
  }
};

/** The streams of one service's imports. */
export const createImportLog = (kit: Kit, service: string) => {
  const contracts = importContractsOf(service);
  const aggregate = defineAggregate({ contracts, decider: { initial, evolve, decide }, ofCase: false });
  const system: Actor = { id: service, role: "service", kind: "system" };

  return {
    load: (id: string): Promise<LoadedStream<ImportState>> => kit.executor.load<ImportState>(aggregate, id),

    /** `repeated`: it was recorded before. A conflict is decided again. @throws StoreUnavailable */
    async record(
      id: string,
      command: ImportCommand,
      given: { readonly actor?: Actor; readonly header?: Header; readonly attempt?: string } = {},
    ): Promise<"recorded" | "repeated" | ImportRefusal["code"]> {
      const first = command.type === "JudgeRows" ? String(command.rows[0]?.row) : (given.attempt ?? "");
      for (;;) {
        const outcome = await kit.executor.execute<ImportRefusal>({
          aggregate,
          id,
          command,
          transactionId: deriveUuid(id, command.type, first),
          context: { actor: given.actor ?? system, occurredAt: nowOf(kit.environment), correlationId: id },
          ...(given.header ? { header: given.header } : {}),
        });
        if (outcome.kind === "recorded") return outcome.repeated ? "repeated" : "recorded";
        if (outcome.kind === "refused") return outcome.refusal.code;
        if (outcome.kind !== "contended") throw new Error(`${command.type} of import ${id}: ${outcome.kind}`);
      }
    },

    /** What became of the rows, in the file's order. */
    async *judgedRows(id: string): AsyncGenerator<JudgedRow, void, void> {
      for await (const stored of kit.store.readStream(streamName(contracts.category, id)))
        if (stored.type === ImportRowsJudged.type)
          yield* ImportRowsJudged.schema.parse(decodeWith(contracts, stored).data).rows;
    },
  };
};
export type ImportLog = ReturnType<typeof createImportLog>;
