import type { Environment } from "@safar/kernel";
import { text } from "../columns.ts";
import type { Ask, Connections } from "./connections.ts";
import {
  MAX_SWEPT_AT_ONCE,
  REPLACED_HOURS_LIMIT,
  SWEEP_PAUSE_LIMIT,
  TRANSACTION_SECONDS_LIMIT,
  UPLOAD_HOURS_LIMIT,
} from "./limits.ts";
import type { VaultLog } from "./log.ts";
import type { ObjectStore } from "./object-store.ts";

/**
 * Whatever the file store holds stands in a row: of `files`, or of `loose_objects`. An object is announced before its
 * first byte is sent, and its row goes only once it is removed; so a crash leaves nothing that nobody knows of.
 */
export interface LooseObjects {
  /** An upload begins. */
  announce(object: string, subject: string): Promise<void>;
  /** An upload failed, or what became of its commit is unknown: removed, unless it is a file by now. */
  discard(object: string): Promise<void>;
  /** Removes what a subject has left, and what a file's name has, as far as its time has come. */
  removeOf(subject: string): Promise<void>;
  /** Removes all whose time has come; now and then, and what fails is told to the operator. Never rejects. */
  sweep(): Promise<void>;
}

/**
 * Within the transaction that makes the object a file; false where it was condemned meanwhile, or would be before the
 * transaction has surely ended: a sweep that begins by then still sees it loose.
 */
export const takeIn = async (ask: Ask, object: string): Promise<boolean> => {
  const taken = await ask(
    `DELETE FROM safar_vault.loose_objects
      WHERE object = $1 AND removable_at > now() + make_interval(secs => $2) RETURNING object`,
    [object, TRANSACTION_SECONDS_LIMIT],
  );
  return taken.length > 0;
};

/** Within the transaction that takes a file its object. */
export const letGo = async (ask: Ask, object: string, subject: string, hours: number): Promise<void> => {
  await ask(
    `INSERT INTO safar_vault.loose_objects (object, subject, removable_at)
      VALUES ($1, $2, now() + make_interval(hours => $3))`,
    [object, subject, hours],
  );
};

/** How long a replaced object is kept. */
export const KEPT_WHEN_REPLACED = REPLACED_HOURS_LIMIT;

/** A move that is repeated announces the same object again. */
const ANNOUNCE = `
  INSERT INTO safar_vault.loose_objects (object, subject, removable_at, written_until)
  VALUES ($1, $2, now() + make_interval(hours => $3), now() + make_interval(hours => $3))
  ON CONFLICT (object) DO UPDATE SET removable_at = excluded.removable_at, written_until = excluded.written_until`;

/** Waits for a commit under way; where that took the object in, there is no such row any more. */
const CONDEMN = "UPDATE safar_vault.loose_objects SET removable_at = now() WHERE object = $1 RETURNING object";

/** Who writes may still write: such a row stays until that is over, and its object is removed again then. */
const FORGET = `
  DELETE FROM safar_vault.loose_objects WHERE object = $1 AND (written_until IS NULL OR written_until <= now() OR $2)`;

const REMOVABLE = `
  SELECT object, written_until IS NOT NULL AS uploaded FROM safar_vault.loose_objects
  WHERE removable_at <= now() AND ($1::text IS NULL OR subject = $1) AND object > $2 ORDER BY object LIMIT $3`;

export const createLooseObjects = (
  { ask }: Pick<Connections, "ask">,
  store: ObjectStore,
  environment: Environment,
  log: VaultLog,
): LooseObjects => {
  let swept: number | undefined;

  const removePage = async (subject: string | null, after: string): Promise<string | undefined> => {
    const rows = await ask(REMOVABLE, [subject, after, MAX_SWEPT_AT_ONCE]);
    for (const row of rows) {
      const object = text(row["object"]);
      await store.remove(object, row["uploaded"] === true);
      await ask(FORGET, [object, false]);
    }
    const last = rows.at(-1);
    return last && rows.length === MAX_SWEPT_AT_ONCE ? text(last["object"]) : undefined;
  };

  const removeAll = async (subject: string | null): Promise<void> => {
    for (let after: string | undefined = ""; after !== undefined;) after = await removePage(subject, after);
  };

  return {
    async announce(object, subject) {
      await ask(ANNOUNCE, [object, subject, UPLOAD_HOURS_LIMIT]);
    },
    async discard(object) {
      if ((await ask(CONDEMN, [object])).length === 0) return;
      await store.remove(object, true);
      await ask(FORGET, [object, true]);
    },
    removeOf: (subject) => removeAll(subject),
    async sweep() {
      const now = environment.clock.monotonic();
      if (swept !== undefined && now - swept < SWEEP_PAUSE_LIMIT) return;
      swept = now;
      try {
        await removeAll(null);
      } catch (error) {
        log.warn({ err: error }, "removed files of the vault still lie in the file store; the next sweep tries again");
      }
    },
  };
};
