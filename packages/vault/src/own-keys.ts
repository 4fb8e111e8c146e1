import { timingSafeEqual } from "node:crypto";
import type { Randomness } from "@safar/kernel";
import { KEY_BYTES, NONCE_BYTES } from "./aes-gcm.ts";
import { KeyDamaged, VaultNotOpened } from "./port.ts";
import type { KeyWrapping } from "./wrapping.ts";

/** What a vault is created with, and has ever after: the check of its master key, and the wrapped keys of its own. */
export interface Secrets {
  readonly check: Uint8Array;
  readonly indexKey: Uint8Array;
  readonly requestKey: Uint8Array;
}

/** The vault's own keys, unwrapped. */
export interface OwnKeys {
  readonly indexKey: Uint8Array;
  readonly requestKey: Uint8Array;
}

export const makeSecrets = (wrapping: KeyWrapping, random: Randomness): Secrets => ({
  check: wrapping.check,
  indexKey: wrapping.wrap("index", random.bytes(KEY_BYTES), random.bytes(NONCE_BYTES)),
  requestKey: wrapping.wrap("request", random.bytes(KEY_BYTES), random.bytes(NONCE_BYTES)),
});

/** @throws VaultNotOpened */
export const unwrapOwnKeys = (secrets: Secrets, wrapping: KeyWrapping): OwnKeys => {
  if (secrets.check.length !== wrapping.check.length || !timingSafeEqual(secrets.check, wrapping.check)) {
    throw new VaultNotOpened("wrong-master-key", "this master key is not the one the vault was made with");
  }
  try {
    return {
      indexKey: wrapping.unwrap("index", secrets.indexKey),
      requestKey: wrapping.unwrap("request", secrets.requestKey),
    };
  } catch (error) {
    if (!(error instanceof KeyDamaged)) throw error;
    throw new VaultNotOpened("damaged", `${error.message}; restore a backup`, { cause: error });
  }
};
