import type { Environment } from "@safar/kernel";
import { integer, text } from "../columns.ts";
import { checkSubject } from "../names.ts";
import type { Erasure, Vault } from "../port.ts";
import { uuidToBytes } from "../uuid-bytes.ts";
import type { Ask, Connections } from "./connections.ts";
import { MAX_ERASED_AT_ONCE } from "./limits.ts";
import { lockSubject } from "./locks.ts";
import type { LooseObjects } from "./loose-objects.ts";
import type { Vacuum } from "./vacuum.ts";

export interface ErasureParts {
  readonly connections: Connections;
  readonly loose: LooseObjects;
  readonly vacuum: Vacuum;
  readonly environment: Environment;
}

type ErasureMethods = Pick<Vault, "destroyKey" | "erasureList" | "applyErasures">;

/**
 * An erasure is one transaction; from its commit on nobody gets the key, finds the person or reads a file. Then the
 * objects of the files are removed, and the dead rows cleaned away. Repeated, it does what of that is left.
 */
export const erasureMethods = ({ connections, loose, vacuum, environment }: ErasureParts): ErasureMethods => {
  const erase = async (erasure: Erasure): Promise<void> => {
    await connections.transaction((ask) => eraseRows(ask, erasure));
    await loose.removeOf(erasure.subject);
  };
  const eraseAll = async (erasures: readonly Erasure[]): Promise<void> => {
    for (const { subject } of erasures) checkSubject(subject);
    try {
      for (let start = 0; start < erasures.length; start += MAX_ERASED_AT_ONCE) {
        await Promise.all(erasures.slice(start, start + MAX_ERASED_AT_ONCE).map(erase));
      }
    } finally {
      await vacuum();
    }
  };
  return {
    destroyKey: (subject) => eraseAll([{ subject, destroyedAt: environment.clock.now() }]),
    applyErasures: eraseAll,
    async erasureList() {
      const rows = await connections.ask(
        `SELECT subject, destroyed_at::float8 AS destroyed_at FROM safar_vault.subject_keys
          WHERE destroyed_at IS NOT NULL ORDER BY subject_keys.destroyed_at, subject`,
      );
      return rows.map((row) => ({ subject: text(row["subject"]), destroyedAt: integer(row["destroyed_at"]) }));
    },
  };
};

const DESTROY_KEY = `
  INSERT INTO safar_vault.subject_keys AS known (subject, destroyed_at) VALUES ($1, $2)
  ON CONFLICT (subject) DO UPDATE SET wrapped = NULL, destroyed_at = excluded.destroyed_at
  WHERE known.destroyed_at IS NULL`;

/** Also an upload under way is condemned: it cannot be committed any more. */
const RELEASE_FILES = `
  WITH gone AS (DELETE FROM safar_vault.files WHERE subject = $1 RETURNING object)
  INSERT INTO safar_vault.loose_objects (object, subject, removable_at) SELECT object, $1, now() FROM gone`;

const CONDEMN_OBJECTS =
  "UPDATE safar_vault.loose_objects SET removable_at = now() WHERE subject = $1 AND removable_at > now()";

const eraseRows = async (ask: Ask, { subject, destroyedAt }: Erasure): Promise<void> => {
  await lockSubject(ask, subject);
  await ask(DESTROY_KEY, [subject, destroyedAt]);
  await ask(RELEASE_FILES, [subject]);
  await ask(CONDEMN_OBJECTS, [subject]);
  if (!uuidToBytes(subject)) return;
  await ask("DELETE FROM safar_vault.pinfls WHERE person = $1", [subject]);
  await ask("DELETE FROM safar_vault.person_tags WHERE person = $1", [subject]);
};
