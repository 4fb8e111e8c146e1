import { createCipheriv, createDecipheriv, type CipherKey } from "node:crypto";

export const KEY_BYTES = 32;
export const NONCE_BYTES = 12;
export const AUTH_TAG_BYTES = 16;

/** AES-256-GCM: ciphertext and tag. A nonce must never come twice under one key. */
export const encrypt = (key: CipherKey, nonce: Uint8Array, plain: Uint8Array, context: Uint8Array): Buffer => {
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: AUTH_TAG_BYTES });
  cipher.setAAD(context);
  const body = cipher.update(plain);
  cipher.final();
  return Buffer.concat([body, cipher.getAuthTag()]);
};

/** The plain bytes; undefined where key, nonce, context or a single bit is another. */
export const decrypt = (
  key: CipherKey,
  nonce: Uint8Array,
  encrypted: Uint8Array,
  context: Uint8Array,
): Buffer | undefined => {
  const end = encrypted.length - AUTH_TAG_BYTES;
  if (end < 0 || nonce.length !== NONCE_BYTES) return undefined;
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: AUTH_TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(encrypted.subarray(end));
  const plain = decipher.update(encrypted.subarray(0, end));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plain;
};
