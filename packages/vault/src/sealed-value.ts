import { createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import type { Sealed } from "@safar/contracts";
import type { Randomness } from "@safar/kernel";
import { decrypt, encrypt, KEY_BYTES, NONCE_BYTES } from "./aes-gcm.ts";
import type { SubjectKey } from "./port.ts";

const VERSION = 1;

/** One event has at most a mebibyte, and a sealed value has to fit into it with its neighbours. */
export const MAX_SEALED_BYTES = 524_288;

/** A sealed value was changed, cut, or given to another subject. */
export class SealDamaged extends Error {
  override readonly name = "SealDamaged";
}

/** A subject's key seals nothing itself: values and files each have a key derived from it. */
export const sealingKey = (key: SubjectKey): KeyObject =>
  createSecretKey(new Uint8Array(hkdfSync("sha256", key, "", "safar vault 1 value", KEY_BYTES)));

/** The subject is bound into the value, so that nobody's value can be shown as another's. */
const contextOf = (subject: string): Uint8Array => Buffer.from(`safar sealed ${VERSION} ${subject}`);

/** @throws TypeError for what JSON cannot hold, RangeError above `MAX_SEALED_BYTES` */
export const sealValue = (key: KeyObject, subject: string, value: unknown, random: Randomness): Sealed => {
  const json: unknown = JSON.stringify(value);
  if (typeof json !== "string") throw new TypeError("only what JSON can hold can be sealed");
  const plain = Buffer.from(json);
  if (plain.length > MAX_SEALED_BYTES) throw new RangeError(`a sealed value has at most ${MAX_SEALED_BYTES} bytes`);
  const nonce = random.bytes(NONCE_BYTES);
  const parts = [Uint8Array.of(VERSION), nonce, encrypt(key, nonce, plain, contextOf(subject))];
  return { sealed: Buffer.concat(parts).toString("base64url"), of: subject };
};

/** @throws SealDamaged */
export const openValue = (key: KeyObject, { sealed, of }: Sealed): unknown => {
  const bytes = Buffer.from(sealed, "base64url");
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  // Only the one way to write these bytes is taken: Buffer reads past what is not base64url.
  const wellFormed = bytes[0] === VERSION && bytes.toString("base64url") === sealed;
  const plain = wellFormed ? decrypt(key, nonce, bytes.subarray(1 + NONCE_BYTES), contextOf(of)) : undefined;
  if (!plain) throw new SealDamaged(`a sealed value of ${of} is damaged`);
  const value: unknown = JSON.parse(plain.toString("utf8"));
  return value;
};
