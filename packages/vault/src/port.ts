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

export interface Vault {
  /**
   * By PINFL alone; two racing calls get the same random id. The person's key is durable before this resolves.
   */
  findOrCreatePerson(pinfl: string): Promise<{ readonly personId: string; readonly created: boolean }>;
  /** Replaces the rows of one person (not the PINFL's); durable before it resolves. */
  indexPerson(personId: string, entries: PersonIndexEntries): Promise<void>;
  /** Ids of the persons that match, at most `limit` (named maximum), in a stable order after `after`. */
  findPersons(query: PersonQuery, page?: { readonly limit?: number; readonly after?: string }): Promise<readonly string[]>;

  /** The key of a subject, made and durable when there was none. @throws KeyDestroyed once it was destroyed */
  keyOf(subject: string): Promise<SubjectKey>;
  /** The key if there is one; `destroyed` for ever after its destruction; undefined when it never was. */
  findKey(subject: string): Promise<SubjectKey | "destroyed" | undefined>;
  /** Erasure: destroys the key and every index row of the subject, and records it in the erasure list. */
  destroyKey(subject: string): Promise<void>;
  /** Every subject whose key was destroyed, with the time (milliseconds since the epoch). */
  erasureList(): Promise<readonly { readonly subject: string; readonly destroyedAt: number }[]>;

  /** HMAC-SHA-256 under the request key, which is never rotated; lower-case hex. */
  requestHash(canonicalBody: Uint8Array): string;

  readonly files: FileStore;
  close(): Promise<void>;
}

/** Bytes encrypted under a subject's key, in chunks, so that no whole file stands in memory. */
export interface FileStore {
  /** Durable before it resolves; the SHA-256 (lower-case hex) and size are of the bytes as given. */
  write(subject: string, name: string, bytes: AsyncIterable<Uint8Array>): Promise<{ readonly sha256: string; readonly size: number }>;
  /** @throws KeyDestroyed, FileMissing, FileDamaged (a chunk changed, missing or reordered) */
  read(subject: string, name: string): AsyncIterable<Uint8Array>;
  has(name: string): Promise<boolean>;
  remove(name: string): Promise<void>;
}

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
