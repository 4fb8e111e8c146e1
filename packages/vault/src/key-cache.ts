import type { KeyObject } from "node:crypto";
import type { Clock } from "@safar/kernel";
import type { SubjectKey } from "./port.ts";
import { sealingKey } from "./sealed-value.ts";

/** A key that another process destroyed is used no longer than this (architecture, Events). */
export const KEY_CACHE_MILLISECONDS = 60_000;
/** The people that one process deals with within a minute; each costs a few hundred bytes. */
export const KEY_CACHE_ENTRIES = 10_000;

export interface CachedKey {
  readonly key: KeyObject | "destroyed";
  /** On the monotonic clock. */
  readonly expiresAt: number;
  /** Set when it was dropped before its time. */
  forgotten: boolean;
}

export interface KeyCache {
  /** `how` keeps apart what only looks for a key from what makes one; either serves both once it is there. */
  get(subject: string, how: "found" | "made", load: Load): Promise<CachedKey>;
  forget(subject: string): void;
}

type Load = () => Promise<SubjectKey | "destroyed">;

export const createKeyCache = (clock: Clock): KeyCache => {
  /** In the order of use, the longest unused first. */
  const entries = new Map<string, CachedKey>();
  const loading = new Map<string, Promise<CachedKey>>();

  const keep = (subject: string, entry: CachedKey): void => {
    entries.delete(subject);
    entries.set(subject, entry);
    const [oldest] = entries.keys();
    if (entries.size > KEY_CACHE_ENTRIES && oldest !== undefined) entries.delete(oldest);
  };

  const loadEntry = async (subject: string, slot: string, load: Load): Promise<CachedKey> => {
    // From before it is asked for: what was destroyed after the answer is not used for longer than the limit.
    const expiresAt = clock.monotonic() + KEY_CACHE_MILLISECONDS;
    const promise = load().then((key): CachedKey => ({
      key: key === "destroyed" ? key : sealingKey(key),
      expiresAt,
      forgotten: false,
    }));
    loading.set(slot, promise);
    try {
      const entry = await promise;
      // Forgotten while it was loading: whoever asked before may use it once, nobody after.
      if (loading.get(slot) === promise) keep(subject, entry);
      else entry.forgotten = true;
      return entry;
    } finally {
      if (loading.get(slot) === promise) loading.delete(slot);
    }
  };

  return {
    async get(subject, how, load) {
      const entry = entries.get(subject);
      if (entry && clock.monotonic() < entry.expiresAt) {
        keep(subject, entry);
        return entry;
      }
      const slot = `${how} ${subject}`;
      return loading.get(slot) ?? loadEntry(subject, slot, load);
    },
    forget(subject) {
      const entry = entries.get(subject);
      if (entry) entry.forgotten = true;
      entries.delete(subject);
      loading.delete(`found ${subject}`);
      loading.delete(`made ${subject}`);
    },
  };
};
