import type { DatabaseSync } from "node:sqlite";
import { WRAPPED_BYTES } from "../wrapping.ts";
import type { Aftermath } from "./aftermath.ts";
import { blob, integer, text } from "../columns.ts";
import type { WriteKinds } from "./protocol.ts";
import type { TagRows } from "./tag-rows.ts";

type Erase = (input: WriteKinds["erase"]["input"], aftermath: Aftermath) => "done";

/** The rows of an erasure; `settle` does what must come after its commit. */
export const createErase = (database: DatabaseSync, tagRows: TagRows): Erase => {
  const findErasure = database.prepare("SELECT settled FROM erasures WHERE subject = ?");
  const addErasure = database.prepare("INSERT INTO erasures (subject, destroyed_at, settled) VALUES (?, ?, 0)");
  const findKey = database.prepare("SELECT wrapped FROM subject_keys WHERE subject = ?");
  // The row stays and is overwritten where it stands: SQLite never copied it anywhere.
  const overwriteKey = database.prepare(
    `UPDATE subject_keys SET wrapped = zeroblob(${WRAPPED_BYTES}) WHERE subject = ?`,
  );
  const files = database.prepare("SELECT file FROM files WHERE subject = ?");
  const removeFiles = database.prepare("DELETE FROM files WHERE subject = ?");

  const eraseIndexRows = (person: Uint8Array, subject: string): readonly Uint8Array[] => {
    const tags = tagRows.erase(person);
    const key = findKey.get(subject);
    return key && tags.length > 0 ? [blob(key["wrapped"]), ...tags] : tags;
  };

  return ({ subject, person, at }, aftermath) => {
    aftermath.erasedSubjects.push(subject);
    const before = findErasure.get(subject);
    if (before) {
      if (integer(before["settled"]) === 0) aftermath.unsettled = true;
      return "done";
    }
    addErasure.run(subject, at);
    if (person) aftermath.erasedValues.push(...eraseIndexRows(person, subject));
    overwriteKey.run(subject);
    aftermath.erasedFiles.push(...files.all(subject).map((row) => text(row["file"])));
    removeFiles.run(subject);
    return "done";
  };
};
