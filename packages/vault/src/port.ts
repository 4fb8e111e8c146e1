/** What the vault must do: the truth about persons, apart from the log. Every adapter passes `test/contract.ts`. */

/** The key of a subject: a person, or a thing with a key of its own such as an import's upload. 32 bytes. */
export type SubjectKey = Uint8Array;

/** What a person is found by. Values are folded by the vault, and kept only as HMACs under the index key. */
export interface PersonIndexEntries {
  readonly passport: string;
  readonly phone: string;
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic?: string;
  /** ISO date. */
  readonly birthDate: string;
}

/** Exactly one of the ways to look a person up. `name`: every word must match, in any script and apostrophe. */
export type PersonQuery =
  | { readonly pinfl: string }
  | { readonly passport: string }
  | { readonly phone: string }
  | { readonly name: string }
  | { readonly surname: string; readonly givenName: string; readonly patronymic?: string; readonly birthDate: string };

/** One line of the erasure list. */
export interface Erasure {
  readonly subject: string;
  /** Milliseconds since the epoch; of the first time, however often it is repeated. */
  readonly destroyedAt: number;
}

/**
 * Every method but `requestHash` may reject with VaultUnavailable; what it asked for may then be repeated unchanged.
 * Subjects are ids of ours (letters, digits, colon, dot, dash, underscore); another text is a RangeError.
 */
export interface Vault {
  /**
   * By PINFL alone; two racing calls get the same random id. The person's key is durable before this resolves.
   * @throws RangeError when it is not 14 digits (the message does not repeat it)
   */
  findOrCreatePerson(pinfl: string): Promise<{ readonly personId: string; readonly created: boolean }>;
  /**
   * Replaces the rows of one person (not the PINFL's); durable before it resolves.
   * @throws KeyDestroyed once the person was erased
   */
  indexPerson(personId: string, entries: PersonIndexEntries): Promise<void>;
  /**
   * Ids of the persons that match, at most `limit` (`MAX_FOUND`), in a stable order after `after`.
   * @throws RangeError above `MAX_FOUND`, or for a name of more than `MAX_NAME_WORDS` words
   */
  findPersons(
    query: PersonQuery,
    page?: { readonly limit?: number; readonly after?: string },
  ): Promise<readonly string[]>;

  /** The key of a subject, made and durable when there was none. @throws KeyDestroyed for ever, KeyDamaged */
  keyOf(subject: string): Promise<SubjectKey>;
  /** The key if there is one; `destroyed` for ever after its destruction; undefined when it never was. */
  findKey(subject: string): Promise<SubjectKey | "destroyed" | undefined>;
  /**
   * Erasure: destroys the key, every index row and every file of the subject, and records it in the erasure list.
   * Done again it changes nothing; a subject without a key gets none ever after.
   */
  destroyKey(subject: string): Promise<void>;
  /** Every subject whose key was destroyed. */
  erasureList(): Promise<readonly Erasure[]>;
  /** Destroys again what was destroyed before, with the times of then: what a restored backup is given first. */
  applyErasures(erasures: readonly Erasure[]): Promise<void>;

  /** HMAC-SHA-256 under the request key, which is never rotated; lower-case hex. */
  requestHash(canonicalBody: Uint8Array): string;

  readonly files: FileStore;
  close(): Promise<void>;
}

/**
 * Bytes encrypted under a subject's key, in chunks, so that no whole file stands in memory.
 * A name is an id of ours (letters, digits, dot, dash, underscore), never one that a person chose.
 */
export interface FileStore {
  /**
   * Durable before it resolves, and all or nothing; a file of the same name is replaced.
   * The SHA-256 (lower-case hex) and size are of the bytes as given.
   * @throws KeyDestroyed, FileTooLarge, RangeError (name)
   */
  write(
    subject: string,
    name: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<{ readonly sha256: string; readonly size: number }>;
  /**
   * What was given before an error is genuine; only the end without one says that the file is whole.
   * @throws KeyDestroyed, FileMissing, FileDamaged (a chunk changed, missing or reordered)
   */
  read(subject: string, name: string): AsyncIterable<Uint8Array>;
  has(name: string): Promise<boolean>;
  /** Removing what is not there is no error. */
  remove(name: string): Promise<void>;
  /** Resolves when the store itself answers, and is this vault's. @throws VaultUnavailable */
  check(): Promise<void>;
}

/** A caseworker who looks through more persons than this on one page wants a narrower question. */
export const MAX_FOUND = 1_000;
export const DEFAULT_FOUND = 100;
/** Surname, given name and patronymic of any people have fewer words; each one is a look-up. */
export const MAX_NAME_WORDS = 16;
/** Five times a list of a million candidates; beyond it something sends without end. */
export const MAX_FILE_BYTES = 1_073_741_824;

/** The subject was erased: nothing under its key can be read or written again. */
export class KeyDestroyed extends Error {
  override readonly name = "KeyDestroyed";
  readonly subject: string;
  constructor(subject: string) {
    super(`the key of ${subject} was destroyed`);
    this.subject = subject;
  }
}

export class FileMissing extends Error {
  override readonly name = "FileMissing";
}

export class FileDamaged extends Error {
  override readonly name = "FileDamaged";
}

export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
  constructor() {
    super(`a file may have ${MAX_FILE_BYTES} bytes`);
  }
}

/** The vault is full, busy or closing. The same call may be repeated: every write of the vault is idempotent. */
export class VaultUnavailable extends Error {
  override readonly name = "VaultUnavailable";
  /** `storage`: the disk is full or fails. `queue-full`: too many calls wait. */
  readonly reason: "storage" | "queue-full" | "closed";
  constructor(reason: VaultUnavailable["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** The vault cannot be opened until an operator does something; the message says what. */
export class VaultNotOpened extends Error {
  override readonly name = "VaultNotOpened";
  /** `refused`: the database or file store knows us not, or not enough. `half-moved`: a move has to be finished. */
  readonly reason:
    "in-use" | "wrong-master-key" | "newer-version" | "not-a-vault" | "damaged" | "refused" | "half-moved";
  constructor(reason: VaultNotOpened["reason"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** A wrapped key does not open under the master key that opened the vault: its bytes were changed. */
export class KeyDamaged extends Error {
  override readonly name = "KeyDamaged";
}
