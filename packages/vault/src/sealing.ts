import type { Sealed } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import { createKeyCache, type CachedKey } from "./key-cache.ts";
import { KeyDestroyed, type Vault } from "./port.ts";
import { openValue, sealValue } from "./sealed-value.ts";

/** A value in clear, or `erased` when the person it is about was. */
export type Opened = { readonly value: unknown } | "erased";

/** Seals and opens many values of one subject, synchronously, for as long as a key may be held. */
export interface SubjectSealer {
  /** @throws KeyDestroyed, KeyExpired */
  seal(value: unknown): Sealed;
  /** @throws SealDamaged, KeyExpired; RangeError for a value of another subject */
  open(sealed: Sealed): Opened;
}

export interface Sealer {
  /** Anything JSON can hold; the subject's key is made when there was none. @throws KeyDestroyed, VaultUnavailable */
  seal(subject: string, value: unknown): Promise<Sealed>;
  /** @throws SealDamaged, KeyMissing, VaultUnavailable */
  open(sealed: Sealed): Promise<Opened>;
  /** Also of an erased subject: then it opens everything as `erased`. Makes the key when there was none. */
  withKey(subject: string): Promise<SubjectSealer>;
  /** Drops a subject's key here and now, in what `withKey` gave too. Called at erasure. */
  forget(subject: string): void;
}

/** Held as long as a key may be cached, or forgotten: ask `withKey` again. */
export class KeyExpired extends Error {
  override readonly name = "KeyExpired";
}

/** Sealed under a key that the vault does not know, destroyed or not: the vault is older than what it should open. */
export class KeyMissing extends Error {
  override readonly name = "KeyMissing";
}

export const createSealer = (vault: Pick<Vault, "keyOf" | "findKey">, environment: Environment): Sealer => {
  const cache = createKeyCache(environment.clock);

  const keyToSeal = (subject: string): Promise<CachedKey> =>
    cache.get(subject, "made", async () => {
      try {
        return await vault.keyOf(subject);
      } catch (error) {
        if (error instanceof KeyDestroyed) return "destroyed";
        throw error;
      }
    });

  const keyToOpen = (subject: string): Promise<CachedKey> =>
    cache.get(subject, "found", async () => {
      const key = await vault.findKey(subject);
      if (key === undefined) throw new KeyMissing(`the vault has never had a key of ${subject}`);
      return key;
    });

  return {
    async seal(subject, value) {
      const { key } = await keyToSeal(subject);
      if (key === "destroyed") throw new KeyDestroyed(subject);
      return sealValue(key, subject, value, environment.random);
    },
    async open(sealed) {
      const { key } = await keyToOpen(sealed.of);
      return key === "destroyed" ? "erased" : { value: openValue(key, sealed) };
    },
    withKey: async (subject) => createSubjectSealer(subject, await keyToSeal(subject), environment),
    forget: (subject) => cache.forget(subject),
  };
};

const createSubjectSealer = (subject: string, cached: CachedKey, environment: Environment): SubjectSealer => {
  const current = (): CachedKey["key"] => {
    if (cached.forgotten || environment.clock.monotonic() >= cached.expiresAt) {
      throw new KeyExpired(`the key of ${subject} was held for as long as it may be`);
    }
    return cached.key;
  };
  return {
    seal(value) {
      const key = current();
      if (key === "destroyed") throw new KeyDestroyed(subject);
      return sealValue(key, subject, value, environment.random);
    },
    open(sealed) {
      if (sealed.of !== subject) throw new RangeError(`a value of ${sealed.of} does not open under ${subject}`);
      const key = current();
      return key === "destroyed" ? "erased" : { value: openValue(key, sealed) };
    },
  };
};
