import { isSealed, type JudgedRow, type Language, type RowReason, type Sealed } from "@safar/contracts";
import { KeyDestroyed } from "@safar/vault";
import { LIST_LIMITS, readList, REASONS_COLUMN, writeList } from "../lists/index.ts";
import type { Kit } from "../runtime/kit.ts";
import type { AnyImportKind } from "./kind.ts";
import { readJsonLines, writeJsonLines } from "./json-lines.ts";
import { reasonsCell } from "./words.ts";

type Cells = Readonly<Record<string, string>>;

/** A row as it is kept. The cells of a person whom the vault knows are sealed with that person's own key as well. */
interface KeptRow {
  readonly row: number;
  readonly cells: Cells | Sealed;
  readonly reasons: readonly RowReason[];
  readonly duplicateOfRow?: number;
}

/** Of the rejected and duplicate rows' own key, destroyed when their time is over; and the name of their file. */
export const keptSubject = (importId: string): string => `import-rows-${importId}`;

/** The rejected and duplicate rows of an import, in the vault, for the branch to correct. */
export const createKeptRows = (kit: Kit, kind: AnyImportKind) => {
  const { vault, sealer } = kit;

  /** Undefined: the person was erased in this moment, and so is the row. */
  const sealed = async (cells: Cells): Promise<Cells | Sealed | undefined> => {
    const personId = await kind.personOf?.(cells, vault);
    if (personId === undefined) return cells;
    try {
      return await sealer.seal(personId, cells);
    } catch (error) {
      if (error instanceof KeyDestroyed) return undefined;
      throw error;
    }
  };

  async function* rowsToKeep(
    list: AsyncIterable<Uint8Array>,
    judged: AsyncIterator<JudgedRow, void>,
  ): AsyncGenerator<KeptRow, void, void> {
    for await (const { row, cells } of readList(list, kind.columns, LIST_LIMITS)) {
      const { value } = await judged.next();
      if (value?.row !== row) throw new Error(`row ${row} of the list has no outcome`);
      if (value.outcome === "registered") continue;
      const kept = await sealed(cells);
      if (!kept) continue;
      const { reasons = [], duplicateOfRow } = value;
      yield { row, cells: kept, reasons, ...(duplicateOfRow === undefined ? {} : { duplicateOfRow }) };
    }
  }

  async function* kept(importId: string): AsyncGenerator<KeptRow & { readonly cells: Cells }, void, void> {
    const subject = keptSubject(importId);
    for await (const line of readJsonLines(vault.files.read(subject, subject))) {
      // Written by `write` alone, and no byte of it can be changed unseen.
      const row = line as KeptRow;
      if (!isSealed(row.cells)) {
        yield { ...row, cells: row.cells };
        continue;
      }
      const opened = await sealer.open(row.cells);
      if (opened !== "erased") yield { ...row, cells: opened.value as Cells };
    }
  }

  return {
    /** Repeated safely. The list and the outcomes of its rows are read side by side. */
    async write(
      importId: string,
      list: AsyncIterable<Uint8Array>,
      judged: AsyncIterator<JudgedRow, void>,
    ): Promise<void> {
      const subject = keptSubject(importId);
      await vault.files.write(subject, subject, writeJsonLines(rowsToKeep(list, judged)));
    },

    has: (importId: string): Promise<boolean> => vault.files.has(keptSubject(importId)),
    erase: (importId: string): Promise<void> => vault.destroyKey(keptSubject(importId)),

    /** The file to correct: the original columns and `reasons`, in words. */
    csv(importId: string, language: Language): AsyncGenerator<Uint8Array, void, void> {
      async function* rows(): AsyncGenerator<Cells, void, void> {
        for await (const row of kept(importId))
          yield { ...row.cells, [REASONS_COLUMN]: reasonsCell(kind.sentences, row, language) };
      }
      return writeList<string>([...kind.columns, REASONS_COLUMN], rows());
    },
  };
};
export type KeptRows = ReturnType<typeof createKeptRows>;
