import { readFile } from "node:fs/promises";
import { NotDone } from "@safar/service-kit/command-line";
import type { Erasure } from "@safar/vault";

/** As a database tells it: milliseconds since 1970, of this century and the next ones. */
const MILLISECONDS = /^\d{12,14}$/;

const instantOf = (word: string): number => (MILLISECONDS.test(word) ? Number(word) : Date.parse(word));

/**
 * Lines `SUBJECT [INSTANT]`, the instant as ISO 8601 or in milliseconds since 1970. Without one the erasure counts as
 * done `now`. @throws NotDone
 */
export const readErasureFile = async (file: string, now: number): Promise<readonly Erasure[]> => {
  const text = await readFile(file, "utf8").catch(() => {
    throw new NotDone(`${file} cannot be read.`);
  });
  return text
    .split(/\r?\n/)
    .map((line, index) => ({ words: line.trim().split(/\s+/), number: index + 1 }))
    .filter(({ words }) => words[0] !== "")
    .map(({ words: [subject = "", instant, ...more], number }) => {
      const destroyedAt = instant === undefined ? now : instantOf(instant);
      if (!/^[\w:.-]+$/.test(subject) || Number.isNaN(destroyedAt) || more.length > 0)
        throw new NotDone(`Line ${number} of ${file} is not a subject and after it the time of its erasure.`);
      return { subject, destroyedAt };
    });
};
