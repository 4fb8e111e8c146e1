import type { DatabaseSync } from "node:sqlite";
import { TAG_BYTES } from "../tag.ts";
import { blob } from "../columns.ts";

export interface TagRows {
  /** The tags of a person from now on (the PINFL's apart). */
  replace(person: Uint8Array, tags: readonly Uint8Array[]): void;
  /** Deletes all rows of a person, and gives every tag, present or former, that nobody else bears. */
  erase(person: Uint8Array): readonly Uint8Array[];
}

const hex = (tag: Uint8Array): string => Buffer.from(tag).toString("hex");

/**
 * A tag that a correction takes away is remembered as a former one, so that an erasure can look for its remains too;
 * nobody is found by it.
 */
export const createTagRows = (database: DatabaseSync): TagRows => {
  const present = database.prepare("SELECT tag FROM person_tags WHERE person = ?");
  const add = database.prepare("INSERT INTO person_tags (tag, person) VALUES (?, ?)");
  const remove = database.prepare("DELETE FROM person_tags WHERE tag = ? AND person = ?");
  const addFormer = database.prepare("INSERT INTO former_tags (person, tag) VALUES (?, ?)");

  const tagsOf = (person: Uint8Array): readonly Uint8Array[] => present.all(person).map((row) => blob(row["tag"]));

  return {
    replace(person, tags) {
      const wanted = new Map(tags.map((tag) => [hex(tag), tag]));
      for (const tag of tagsOf(person)) {
        if (wanted.delete(hex(tag))) continue;
        remove.run(tag, person);
        addFormer.run(person, tag);
      }
      for (const tag of wanted.values()) add.run(tag, person);
    },
    erase: createEraseTags(database, tagsOf),
  };
};

const createEraseTags = (
  database: DatabaseSync,
  tagsOf: (person: Uint8Array) => readonly Uint8Array[],
): TagRows["erase"] => {
  const pinfls = database.prepare("SELECT tag FROM pinfls WHERE person = ?");
  const removePinfls = database.prepare("DELETE FROM pinfls WHERE person = ?");
  const removeAll = database.prepare("DELETE FROM person_tags WHERE person = ?");
  const former = database.prepare("SELECT tag FROM former_tags WHERE person = ?");
  const overwriteFormer = database.prepare(`UPDATE former_tags SET tag = zeroblob(${TAG_BYTES}) WHERE person = ?`);
  const isBorne = database.prepare("SELECT 1 FROM person_tags WHERE tag = ? LIMIT 1");

  return (person) => {
    const pinflAndFormer = [...pinfls.all(person), ...former.all(person)].map((row) => blob(row["tag"]));
    const tags = [...tagsOf(person), ...pinflAndFormer];
    removePinfls.run(person);
    removeAll.run(person);
    overwriteFormer.run(person);
    return tags.filter((tag) => !isBorne.get(tag));
  };
};
