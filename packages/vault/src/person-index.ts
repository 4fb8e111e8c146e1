import { createHmac, createSecretKey } from "node:crypto";
import { foldNameAndBirth, foldPassport, foldPhone, foldWords, foldWordsOf } from "./folding.ts";
import { TAG_BYTES, type Tag } from "./tag.ts";
import { MAX_NAME_WORDS, type PersonIndexEntries, type PersonQuery } from "./port.ts";

type Kind = "pinfl" | "passport" | "phone" | "word" | "nameAndBirth";

/** A PINFL leads to one person; of the rest, a person matches who bears every tag. No tags match nobody. */
export type TagQuery =
  { readonly by: "pinfl"; readonly tag: Tag } | { readonly by: "every"; readonly tags: readonly Tag[] };

export interface PersonIndex {
  /** @throws RangeError when it is not 14 digits; the message does not repeat it */
  tagOfPinfl(pinfl: string): Tag;
  tagsOf(entries: PersonIndexEntries): readonly Tag[];
  /** @throws RangeError for a name of more than `MAX_NAME_WORDS` words */
  tagsAskedBy(query: PersonQuery): TagQuery;
}

const PINFL = /^\d{14}$/;

export const createPersonIndex = (indexKey: Uint8Array): PersonIndex => {
  const key = createSecretKey(indexKey);
  const tag = (kind: Kind, value: string): Tag =>
    createHmac("sha256", key).update(`${kind}\0${value}`).digest().subarray(0, TAG_BYTES);
  const every = (...tags: readonly Tag[]): TagQuery => ({ by: "every", tags });

  const tagOfPinfl = (pinfl: string): Tag => {
    if (!PINFL.test(pinfl)) throw new RangeError("a PINFL has 14 digits");
    return tag("pinfl", pinfl);
  };

  const tagsOfPhone = (text: string): readonly Tag[] => {
    const phone = foldPhone(text);
    return phone === undefined ? [] : [tag("phone", phone)];
  };

  const tagsOfName = (name: string): readonly Tag[] => {
    const words = foldWords(name);
    if (words.length > MAX_NAME_WORDS) throw new RangeError(`a name to search by has at most ${MAX_NAME_WORDS} words`);
    return words.map((word) => tag("word", word));
  };

  return {
    tagOfPinfl,
    tagsOf(entries) {
      return [
        tag("passport", foldPassport(entries.passport)),
        ...tagsOfPhone(entries.phone),
        ...foldWordsOf(entries).map((word) => tag("word", word)),
        tag("nameAndBirth", foldNameAndBirth(entries)),
      ];
    },
    tagsAskedBy(query) {
      if ("pinfl" in query) return PINFL.test(query.pinfl) ? { by: "pinfl", tag: tagOfPinfl(query.pinfl) } : every();
      if ("passport" in query) return every(tag("passport", foldPassport(query.passport)));
      if ("phone" in query) return every(...tagsOfPhone(query.phone));
      if ("name" in query) return every(...tagsOfName(query.name));
      return every(tag("nameAndBirth", foldNameAndBirth(query)));
    },
  };
};
