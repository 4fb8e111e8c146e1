import type { DatabaseSync } from "node:sqlite";
import type { Aftermath } from "./aftermath.ts";
import { blob, text } from "../columns.ts";
import { createErase } from "./erase.ts";
import { createTagRows } from "./tag-rows.ts";
import type { Kind, WriteKinds } from "./protocol.ts";

export type Writes = { [K in Kind]: (input: WriteKinds[K]["input"], aftermath: Aftermath) => WriteKinds[K]["answer"] };

/** The statements of every write, each within the transaction of whoever calls. */
export const createWrites = (database: DatabaseSync): Writes => {
  const isErased = database.prepare("SELECT 1 FROM erasures WHERE subject = ?");
  const findFile = database.prepare("SELECT file FROM files WHERE name = ?");
  const keys = createKeys(database);
  const tagRows = createTagRows(database);
  const erase = createErase(database, tagRows);
  const findPinfl = database.prepare("SELECT person FROM pinfls WHERE tag = ?");
  const addPinfl = database.prepare("INSERT INTO pinfls (tag, person) VALUES (?, ?)");
  const putFile = database.prepare("INSERT OR REPLACE INTO files (name, subject, file) VALUES (?, ?, ?)");
  const deleteFile = database.prepare("DELETE FROM files WHERE name = ?");

  const retireFile = (name: string, aftermath: Aftermath): void => {
    const row = findFile.get(name);
    if (row) aftermath.replacedFiles.push(text(row["file"]));
  };

  return {
    person({ tag, person, subject, wrapped }) {
      const row = findPinfl.get(tag);
      if (row) return { person: blob(row["person"]), created: false };
      keys.add(subject, wrapped);
      addPinfl.run(tag, person);
      return { person, created: true };
    },
    index({ subject, person, tags }) {
      if (isErased.get(subject)) return "destroyed";
      tagRows.replace(person, tags);
      return "done";
    },
    key({ subject, wrapped }) {
      if (isErased.get(subject)) return "destroyed";
      return { wrapped: keys.findOrAdd(subject, wrapped) };
    },
    file({ name, subject, file }, aftermath) {
      if (isErased.get(subject)) return "destroyed";
      retireFile(name, aftermath);
      putFile.run(name, subject, file);
      return "done";
    },
    removeFile({ name }, aftermath) {
      retireFile(name, aftermath);
      deleteFile.run(name);
      return "done";
    },
    erase,
  };
};

const createKeys = (database: DatabaseSync) => {
  const find = database.prepare("SELECT wrapped FROM subject_keys WHERE subject = ?");
  const insert = database.prepare("INSERT INTO subject_keys (subject, wrapped) VALUES (?, ?)");
  const add = (subject: string, wrapped: Uint8Array): void => {
    insert.run(subject, wrapped);
  };
  return {
    add,
    findOrAdd(subject: string, wrapped: Uint8Array): Uint8Array {
      const row = find.get(subject);
      if (row) return blob(row["wrapped"]);
      add(subject, wrapped);
      return wrapped;
    },
  };
};
