import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES, AUTH_TAG_BYTES } from "./aes-gcm.ts";
import { FileDamaged, type SubjectKey } from "./port.ts";

/**
 * A file on the disk: a header (version, salt), then chunks of 64 KiB, each with its tag; the last one may be
 * shorter, and an empty file has one empty chunk. Each file has a key of its own, derived from its subject's key and
 * the salt, so the chunk's number can be the nonce. Subject, name, number and "this is the last" are bound into every
 * chunk: one that is changed, missing, doubled, moved or taken from another file does not open.
 */
const CHUNK_BYTES = 65_536;
export const SALT_BYTES = 32;
const HEADER_BYTES = 1 + SALT_BYTES;

const VERSION = 1;
const ENCRYPTED_CHUNK_BYTES = CHUNK_BYTES + AUTH_TAG_BYTES;

export interface FileIdentity {
  readonly subject: string;
  readonly name: string;
}

const fileKey = (key: SubjectKey, salt: Uint8Array): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync("sha256", key, salt, "safar vault 1 file", KEY_BYTES)));

const nonceOf = (number: number): Uint8Array => {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(number, NONCE_BYTES - 4);
  return nonce;
};

const contextOf = ({ subject, name }: FileIdentity, number: number, last: boolean): Uint8Array =>
  Buffer.from(JSON.stringify(["safar vault file", VERSION, subject, name, number, last]));

/** Gathers pieces of any size into chunks. The bytes of a chunk are good until the next one is asked for. */
async function* chunksOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<{ chunk: Uint8Array; last: boolean }> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let filled = 0;
  for await (const piece of bytes) {
    for (let taken = 0; taken < piece.length;) {
      if (filled === CHUNK_BYTES) {
        yield { chunk: buffer, last: false };
        filled = 0;
      }
      const part = piece.subarray(taken, taken + CHUNK_BYTES - filled);
      buffer.set(part, filled);
      filled += part.length;
      taken += part.length;
    }
  }
  yield { chunk: buffer.subarray(0, filled), last: true };
}

/** What is to be written, header first. `salt` is random, and new for every file. */
export async function* encryptFile(
  key: SubjectKey,
  identity: FileIdentity,
  salt: Uint8Array,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const derived = fileKey(key, salt);
  yield Buffer.concat([Uint8Array.of(VERSION), salt]);
  let number = 0;
  for await (const { chunk, last } of chunksOf(bytes)) {
    yield encrypt(derived, nonceOf(number), chunk, contextOf(identity, number, last));
    number++;
  }
}

/** Where the encrypted bytes are read from. */
export interface FileSource {
  readonly size: number;
  /** Exactly so many bytes from an offset, or fewer where the source ends. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** @throws FileDamaged */
export async function* decryptFile(
  key: SubjectKey,
  identity: FileIdentity,
  source: FileSource,
): AsyncGenerator<Uint8Array> {
  const header = await source.read(0, HEADER_BYTES);
  if (header.length !== HEADER_BYTES || header[0] !== VERSION) {
    throw new FileDamaged(`the header of ${identity.name} is damaged`);
  }
  const derived = fileKey(key, header.subarray(1));
  const chunks = Math.max(1, Math.ceil((source.size - HEADER_BYTES) / ENCRYPTED_CHUNK_BYTES));
  for (let number = 0; number < chunks; number++) {
    const encrypted = await source.read(HEADER_BYTES + number * ENCRYPTED_CHUNK_BYTES, ENCRYPTED_CHUNK_BYTES);
    const plain = decrypt(derived, nonceOf(number), encrypted, contextOf(identity, number, number === chunks - 1));
    if (!plain) throw new FileDamaged(`chunk ${number} of ${identity.name} is damaged`);
    yield plain;
  }
}
