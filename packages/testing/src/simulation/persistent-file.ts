import { DatabaseSync } from "node:sqlite";

/**
 * A database in memory that outlives the process that uses it, as its file would: it is there for as long as this
 * connection holds it. SQLite finds it by the address alone, so it takes the place of a path.
 */
export interface PersistentFile {
  readonly path: string;
  /** Looks into it, or changes it, from outside. */
  readonly database: DatabaseSync;
  remove(): void;
}

let files = 0;

export const createPersistentFile = (name: string): PersistentFile => {
  files += 1;
  const path = `file:safar-${process.pid}-${files}-${name}?mode=memory&cache=shared`;
  const database = new DatabaseSync(path);
  return { path, database, remove: () => database.close() };
};

/** Everything that stands in it, a row a text. */
export const rowsOf = ({ database }: PersistentFile): readonly string[] => {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return tables.flatMap(({ name }) =>
    database
      .prepare(`SELECT * FROM "${String(name)}"`)
      .all()
      .map((row) => JSON.stringify(row)),
  );
};
