import { existsSync } from "node:fs";
import type { DatabaseSync, SQLInputValue } from "node:sqlite";
import { integer, text } from "../../columns.ts";
import { openForReading, readSecrets, versionOf } from "../../embedded/database.ts";
import { lockFolder } from "../../embedded/lock.ts";
import { inFolder } from "../../embedded/prepare.ts";
import { unwrapOwnKeys, type Secrets } from "../../own-keys.ts";
import { VaultNotOpened } from "../../port.ts";
import type { KeyWrapping } from "../../wrapping.ts";

/** An embedded vault as a move reads it: nobody else has it open meanwhile, and nothing of it is changed. */
export interface Source {
  readonly secrets: Secrets;
  readonly filesFolder: string;
  /** Rows of text columns. */
  ask(sql: string, values: readonly SQLInputValue[]): readonly (readonly string[])[];
  /** The number in the first column of the only row. */
  count(table: string): number;
  close(): void;
}

/** @throws VaultNotOpened where it is open elsewhere, is no vault, or has another master key */
export const openSource = (folder: string, wrapping: KeyWrapping): Source => {
  const { databaseFile, filesFolder } = inFolder(folder);
  if (!existsSync(databaseFile)) throw new VaultNotOpened("not-a-vault", `there is no vault in ${folder}`);
  const unlock = lockFolder(folder);
  let database: DatabaseSync | undefined;
  const close = (): void => {
    database?.close();
    unlock();
  };
  try {
    database = openForReading(databaseFile);
    if (versionOf(database, databaseFile) === 0) throw new VaultNotOpened("not-a-vault", `${databaseFile} is empty`);
    const secrets = readSecrets(database);
    unwrapOwnKeys(secrets, wrapping);
    return { secrets, filesFolder, close, ...reading(database) };
  } catch (error) {
    close();
    throw error;
  }
};

const reading = (database: DatabaseSync): Pick<Source, "ask" | "count"> => ({
  ask: (sql, values) =>
    database
      .prepare(sql)
      .all(...values)
      .map((row) => Object.values(row).map(text)),
  count: (table) => integer(database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.["rows"]),
});
