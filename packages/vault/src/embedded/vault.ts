import { createHmac, createSecretKey } from "node:crypto";
import type { Environment } from "@safar/kernel";
import { KEY_BYTES, NONCE_BYTES } from "../aes-gcm.ts";
import { onDisk } from "../disk.ts";
import { checkSubject } from "../names.ts";
import { createPersonIndex } from "../person-index.ts";
import { DEFAULT_FOUND, KeyDestroyed, MAX_FOUND, VaultUnavailable, type Erasure, type Vault } from "../port.ts";
import { bytesToUuid, uuidToBytes } from "../uuid-bytes.ts";
import { createKeyWrapping, type KeyWrapping } from "../wrapping.ts";
import { backUp } from "./backup.ts";
import { openForReading } from "./database.ts";
import { createFiles } from "./files.ts";
import { lockFolder } from "./lock.ts";
import { createMutex, type Mutex } from "./mutex.ts";
import { createFolder, inFolder, prepare } from "./prepare.ts";
import { createReader, type Reader } from "./reader.ts";
import { MAX_BATCH_WRITES, startWriteQueue, type WriteQueue } from "./write-queue.ts";

export interface EmbeddedVaultOptions {
  /** `SAFAR_DATA/vault`; made when it is not there. */
  readonly folder: string;
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
  readonly environment: Environment;
  /** After each write: why it failed, or undefined where it is durable. */
  readonly onWrite?: (failure: unknown) => void;
}

export interface EmbeddedVault extends Vault {
  /**
   * A consistent copy, made while the vault runs, into a new or empty folder; without the master key.
   * Whole once its `vault.sqlite` is there. One at a time; a second one waits.
   * @throws RangeError when the folder is not empty, VaultUnavailable
   */
  backupTo(folder: string): Promise<void>;
}

/** A vault in a folder: `vault.sqlite` and `files/`. @throws VaultNotOpened */
export const openEmbeddedVault = async (options: EmbeddedVaultOptions): Promise<EmbeddedVault> => {
  const wrapping = createKeyWrapping(options.masterKey);
  createFolder(options.folder);
  const unlock = lockFolder(options.folder);
  try {
    return await assemble(options, wrapping, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
};

/** What the parts of an open vault share. */
interface Parts {
  readonly environment: Environment;
  readonly wrapping: KeyWrapping;
  readonly queue: WriteQueue;
  /** Erasures and the moment of a backup's snapshot exclude each other. */
  readonly mutex: Mutex;
  readonly reading: <Result>(work: (reader: Reader) => Result) => Promise<Result>;
}

const assemble = async (
  options: EmbeddedVaultOptions,
  wrapping: KeyWrapping,
  unlock: () => void,
): Promise<EmbeddedVault> => {
  const { environment } = options;
  const folder = inFolder(options.folder);
  const { indexKey, requestKey } = prepare(folder, wrapping, environment);
  const queue = watched(await startWriteQueue(folder, environment), options.onWrite);
  const database = openForReading(folder.databaseFile);
  const reader = createReader(database);
  const mutex = createMutex();
  const backups = createMutex();
  const requestHashKey = createSecretKey(requestKey);
  let closed: Promise<void> | undefined;

  const reading: Parts["reading"] = (work) =>
    onDisk(async () => {
      if (closed) throw new VaultUnavailable("closed", "the vault is closed");
      return work(reader);
    });
  const close = async (): Promise<void> => {
    database.close();
    try {
      await queue.close();
    } finally {
      unlock();
    }
  };

  const parts: Parts = { environment, wrapping, queue, mutex, reading };
  const keys = keyMethods(parts);
  return {
    ...personMethods(parts, indexKey),
    ...keys,
    ...erasureMethods(parts),
    requestHash: (canonicalBody) => createHmac("sha256", requestHashKey).update(canonicalBody).digest("hex"),
    files: createFiles({ folder: folder.filesFolder, reading, queue, keys, environment }),
    backupTo: (target) => backups.exclusively(() => backUp({ ...folder, queue, mutex, reading }, target)),
    close: () => (closed ??= close()),
  };
};

const watched = (queue: WriteQueue, onWrite: EmbeddedVaultOptions["onWrite"]): WriteQueue => ({
  ...queue,
  async write(kind, input) {
    try {
      const answer = await queue.write(kind, input);
      onWrite?.(undefined);
      return answer;
    } catch (error) {
      onWrite?.(error);
      throw error;
    }
  },
});

const newKey = ({ environment: { random }, wrapping }: Parts, subject: string): Uint8Array =>
  wrapping.wrap(`subject:${subject}`, random.bytes(KEY_BYTES), random.bytes(NONCE_BYTES));

type PersonMethods = Pick<Vault, "findOrCreatePerson" | "indexPerson" | "findPersons">;

const personMethods = (parts: Parts, indexKey: Uint8Array): PersonMethods => {
  const { environment, queue, reading } = parts;
  const index = createPersonIndex(indexKey);
  return {
    async findOrCreatePerson(pinfl) {
      const tag = index.tagOfPinfl(pinfl);
      const known = await reading((reader) => reader.findPinfl(tag));
      if (known) return { personId: bytesToUuid(known), created: false };
      // Random ids come from this thread; where another call was first, this one is thrown away.
      const subject = environment.random.uuid();
      const wrapped = newKey(parts, subject);
      const { person, created } = await queue.write("person", { tag, person: personBytes(subject), subject, wrapped });
      return { personId: bytesToUuid(person), created };
    },
    async indexPerson(personId, entries) {
      const input = { subject: personId, person: personBytes(personId), tags: index.tagsOf(entries) };
      if ((await queue.write("index", input)) === "destroyed") throw new KeyDestroyed(personId);
    },
    async findPersons(query, { limit = DEFAULT_FOUND, after } = {}) {
      if (limit > MAX_FOUND) throw new RangeError(`at most ${MAX_FOUND} persons are found at once`);
      const asked = index.tagsAskedBy(query);
      const afterBytes = after === undefined ? new Uint8Array() : personBytes(after);
      const found: Uint8Array[] = [];
      let from: Uint8Array | undefined = afterBytes;
      while (from !== undefined && found.length < limit) {
        const begin: Uint8Array = from;
        const look = await reading((reader) => reader.findPersons(asked, begin, limit - found.length));
        found.push(...look.persons);
        from = look.lookedTo;
        // Others get their turn between two looks.
        if (from !== undefined && found.length < limit) await environment.timers.sleep(0);
      }
      return found.map(bytesToUuid);
    },
  };
};

const personBytes = (personId: string): Uint8Array => {
  const bytes = uuidToBytes(personId);
  if (!bytes) throw new RangeError("a person's id is a UUID in lower case");
  return bytes;
};

const keyMethods = (parts: Parts): Pick<Vault, "keyOf" | "findKey"> => {
  const { wrapping, queue, reading } = parts;
  const findKey = async (subject: string): Promise<Uint8Array | "destroyed" | undefined> => {
    checkSubject(subject);
    const wrapped = await reading((reader) => reader.findKey(subject));
    return wrapped instanceof Uint8Array ? wrapping.unwrap(`subject:${subject}`, wrapped) : wrapped;
  };
  return {
    findKey,
    async keyOf(subject) {
      const found = await findKey(subject);
      if (found instanceof Uint8Array) return found;
      const made = found ?? (await queue.write("key", { subject, wrapped: newKey(parts, subject) }));
      if (made === "destroyed") throw new KeyDestroyed(subject);
      return wrapping.unwrap(`subject:${subject}`, made.wrapped);
    },
  };
};

const erasureMethods = ({
  environment,
  queue,
  mutex,
  reading,
}: Parts): Pick<Vault, "destroyKey" | "erasureList" | "applyErasures"> => {
  const erase = ({ subject, destroyedAt }: Erasure) =>
    queue.write("erase", { subject, person: uuidToBytes(subject), at: destroyedAt });
  return {
    async destroyKey(subject) {
      checkSubject(subject);
      await mutex.exclusively(() => erase({ subject, destroyedAt: environment.clock.now() }));
    },
    erasureList: () => reading((reader) => reader.erasures()),
    async applyErasures(erasures) {
      for (const { subject } of erasures) checkSubject(subject);
      for (let start = 0; start < erasures.length; start += MAX_BATCH_WRITES) {
        const page = erasures.slice(start, start + MAX_BATCH_WRITES);
        await mutex.exclusively(() => Promise.all(page.map(erase)));
      }
    },
  };
};
