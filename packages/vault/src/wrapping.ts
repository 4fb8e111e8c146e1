import { createSecretKey, hkdfSync } from "node:crypto";
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES, AUTH_TAG_BYTES } from "./aes-gcm.ts";
import { KeyDamaged } from "./port.ts";

/** What a wrapped key is for. It is bound into the wrapping, so that no key can be put in another's place. */
export type Purpose = "index" | "request" | `subject:${string}`;

/** Nonce, encrypted key, tag. */
export const WRAPPED_BYTES = NONCE_BYTES + KEY_BYTES + AUTH_TAG_BYTES;

export interface KeyWrapping {
  /** Tells this master key from another; it says nothing about the key. Kept beside what the key wraps. */
  readonly check: Uint8Array;
  wrap(purpose: Purpose, key: Uint8Array, nonce: Uint8Array): Uint8Array;
  /** @throws KeyDamaged */
  unwrap(purpose: Purpose, wrapped: Uint8Array): Uint8Array;
}

const derive = (masterKey: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", masterKey, "", `safar vault 1 ${use}`, KEY_BYTES));

const contextOf = (purpose: Purpose): Uint8Array => Buffer.from(`safar vault 1 key ${purpose}`);

/** Envelope encryption: the master key wraps every other key, and does nothing else. */
export const createKeyWrapping = (masterKey: Uint8Array): KeyWrapping => {
  if (masterKey.length !== KEY_BYTES) throw new RangeError(`a master key has ${KEY_BYTES} bytes`);
  const wrappingKey = createSecretKey(derive(masterKey, "wrap"));
  return {
    check: derive(masterKey, "check"),
    wrap: (purpose, key, nonce) => Buffer.concat([nonce, encrypt(wrappingKey, nonce, key, contextOf(purpose))]),
    unwrap(purpose, wrapped) {
      const nonce = wrapped.subarray(0, NONCE_BYTES);
      const key = decrypt(wrappingKey, nonce, wrapped.subarray(NONCE_BYTES), contextOf(purpose));
      if (key?.length !== KEY_BYTES) throw new KeyDamaged(`the wrapped key "${purpose}" is damaged`);
      return key;
    },
  };
};
