import type { ImportKindName, JudgedRow, Sentence } from "@safar/contracts";
import type { CommandContext, Header } from "@safar/event-store";
import type { ReadModel } from "@safar/read-model";
import type { Vault } from "@safar/vault";
import type { ListRow } from "../lists/index.ts";
import type { Kit } from "../runtime/kit.ts";

/** One import at work, for the rows' work. */
export interface ImportRun {
  readonly kit: Kit;
  readonly readModel: ReadModel;
  readonly importId: string;
  /** The day on which every rule is judged, ISO date. */
  readonly asOf: string;
  /** Of whoever sent the list. */
  readonly unit: string | undefined;
  /** What is the same for every event of a row: the sender as the actor, and the present time. */
  context(): CommandContext;
}

export type RowOutcome = Omit<JudgedRow, "row">;

/** What is to be done for a row whose cells are in order. */
export interface RowWork {
  /** Rows with a key in common wait for each other, in the file's order. Held in memory only. */
  readonly keys: readonly string[];
  /** Repeated safely: what a row did before an interruption is found by its transaction. */
  perform(): Promise<RowOutcome>;
}

/** A list that a service takes in: its columns, its rows' work, and its words. All else is the same for every list. */
export interface ImportKind<Column extends string = string> {
  readonly name: ImportKindName;
  /** Who may send it: a key of the access table. */
  readonly command: string;
  /** One line for the reference. */
  readonly summary: string;
  readonly columns: readonly Column[];
  /** Those that say something about a person: reading them is put on record. */
  readonly personalColumns: readonly Column[];
  /** Every reason in words that a clerk understands. */
  readonly sentences: Readonly<Record<string, Sentence>>;
  /**
   * Whom a row is about, where the vault knows the person: the row is then kept under that person's own key as well,
   * so that it goes with the person.
   */
  personOf?(cells: Readonly<Record<Column, string>>, vault: Vault): Promise<string | undefined>;
  /** Whose case a duplicate leads to. Absent: whoever may see the import may see that too. */
  headerOf?(id: string, kit: Kit): Promise<Header | undefined>;
  /** Called anew for each run; what it gives is called for every row in the file's order, also for those done before. */
  begin(run: ImportRun): (row: ListRow<Column>) => RowWork | RowOutcome;
}

/** Any kind, for code that only passes its rows on: what `readList` gives by its columns is what they name. */
export type AnyImportKind = ImportKind;

/** Keeps the types of a list's columns while a service describes it. */
export const importKind = <const Column extends string>(kind: ImportKind<Column>): AnyImportKind => kind;
