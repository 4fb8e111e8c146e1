import { createHmac } from "node:crypto";
import type { Environment } from "@safar/kernel";
import { KEY_BYTES } from "../aes-gcm.ts";
import { checkSubject } from "../names.ts";
import { createPersonIndex, type TagQuery } from "../person-index.ts";
import { DEFAULT_FOUND, KeyDestroyed, MAX_FOUND, VaultUnavailable, type SubjectKey, type Vault } from "../port.ts";
import type { Tag } from "../tag.ts";
import { uuidToBytes } from "../uuid-bytes.ts";
import { createMemoryFiles, type MemoryFile } from "./files.ts";
import { createTags, type Tags } from "./tags.ts";

export interface MemoryVaultOptions {
  readonly environment: Environment;
}

/** What a vault holds, without a disk. */
interface Contents {
  readonly keys: Map<string, SubjectKey>;
  /** Subject to time. */
  readonly erasures: Map<string, number>;
  /** Tag (hex) of a PINFL to person. */
  readonly pinfls: Map<string, string>;
  readonly tags: Tags;
  readonly files: Map<string, MemoryFile>;
}

const hex = (tag: Tag): string => Buffer.from(tag).toString("hex");

/** The same vault without a disk: for tests and the simulation. It forgets everything when it is dropped. */
export const openMemoryVault = ({ environment }: MemoryVaultOptions): Vault => {
  const contents: Contents = {
    keys: new Map(),
    erasures: new Map(),
    pinfls: new Map(),
    tags: createTags(),
    files: new Map(),
  };
  const requestKey = environment.random.bytes(KEY_BYTES);
  const state = { closed: false };
  const checkOpen = (): void => {
    if (state.closed) throw new VaultUnavailable("closed", "the vault is closed");
  };
  const keys = keyMethods(contents, environment, checkOpen);
  return {
    ...keys,
    ...personMethods(contents, environment, checkOpen),
    ...erasureMethods(contents, environment, checkOpen),
    requestHash: (canonicalBody) => createHmac("sha256", requestKey).update(canonicalBody).digest("hex"),
    files: createMemoryFiles(contents.files, keys, checkOpen),
    async close() {
      state.closed = true;
    },
  };
};

const personMethods = (
  { keys, erasures, pinfls, tags }: Contents,
  { random }: Environment,
  checkOpen: () => void,
): Pick<Vault, "findOrCreatePerson" | "indexPerson" | "findPersons"> => {
  const index = createPersonIndex(random.bytes(KEY_BYTES));
  const matching = (query: TagQuery): readonly string[] => {
    if (query.by === "pinfl") return [pinfls.get(hex(query.tag)) ?? []].flat();
    return tags.bearersOf(query.tags.map(hex));
  };
  return {
    async findOrCreatePerson(pinfl) {
      checkOpen();
      const tag = hex(index.tagOfPinfl(pinfl));
      const known = pinfls.get(tag);
      if (known !== undefined) return { personId: known, created: false };
      const personId = random.uuid();
      keys.set(personId, random.bytes(KEY_BYTES));
      pinfls.set(tag, personId);
      return { personId, created: true };
    },
    async indexPerson(personId, entries) {
      checkOpen();
      checkPerson(personId);
      if (erasures.has(personId)) throw new KeyDestroyed(personId);
      tags.replace(personId, index.tagsOf(entries).map(hex));
    },
    async findPersons(query, { limit = DEFAULT_FOUND, after } = {}) {
      checkOpen();
      if (limit > MAX_FOUND) throw new RangeError(`at most ${MAX_FOUND} persons are found at once`);
      if (after !== undefined) checkPerson(after);
      const found = matching(index.tagsAskedBy(query)).filter((person) => after === undefined || person > after);
      return found.toSorted().slice(0, limit);
    },
  };
};

const checkPerson = (personId: string): void => {
  if (!uuidToBytes(personId)) throw new RangeError("a person's id is a UUID in lower case");
};

const keyMethods = (
  { keys, erasures }: Contents,
  { random }: Environment,
  checkOpen: () => void,
): Pick<Vault, "keyOf" | "findKey"> => {
  const find = (subject: string): SubjectKey | "destroyed" | undefined => {
    checkOpen();
    checkSubject(subject);
    return erasures.has(subject) ? "destroyed" : keys.get(subject);
  };
  return {
    findKey: async (subject) => find(subject),
    async keyOf(subject) {
      const found = find(subject);
      if (found === "destroyed") throw new KeyDestroyed(subject);
      const key = found ?? random.bytes(KEY_BYTES);
      keys.set(subject, key);
      return key;
    },
  };
};

const erasureMethods = (
  { keys, erasures, pinfls, tags, files }: Contents,
  { clock }: Environment,
  checkOpen: () => void,
): Pick<Vault, "destroyKey" | "erasureList" | "applyErasures"> => {
  const erase = (subject: string, destroyedAt: number): void => {
    if (!erasures.has(subject)) erasures.set(subject, destroyedAt);
    keys.delete(subject);
    tags.erase(subject);
    for (const [tag, person] of pinfls) if (person === subject) pinfls.delete(tag);
    for (const [name, file] of files) if (file.subject === subject) files.delete(name);
  };
  return {
    async destroyKey(subject) {
      checkOpen();
      checkSubject(subject);
      erase(subject, clock.now());
    },
    async erasureList() {
      checkOpen();
      const list = [...erasures].map(([subject, destroyedAt]) => ({ subject, destroyedAt }));
      return list.toSorted((left, right) => left.destroyedAt - right.destroyedAt);
    },
    async applyErasures(list) {
      checkOpen();
      for (const { subject } of list) checkSubject(subject);
      for (const { subject, destroyedAt } of list) erase(subject, destroyedAt);
    },
  };
};
