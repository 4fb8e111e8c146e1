import type { Connections } from "./connections.ts";
import type { VaultLog } from "./log.ts";

/** Resolves once the dead rows of what was committed before the call were cleaned away, or cannot be just now. */
export type Vacuum = () => Promise<void>;

/** Rows and their entries in every index; without the index part some would be left for a later time. */
const CLEAN = `VACUUM (INDEX_CLEANUP ON, TRUNCATE OFF)
  safar_vault.subject_keys, safar_vault.pinfls, safar_vault.person_tags, safar_vault.files`;

/**
 * A run cleans what was committed before it began, so who comes during one waits for the next, and many share it.
 * One that fails is told to the operator and not to the caller: the key is destroyed, no statement sees the rows any
 * more, and autovacuum comes for them.
 */
export const createVacuum = ({ askAtLength }: Pick<Connections, "askAtLength">, log: VaultLog): Vacuum => {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    next = undefined;
    try {
      await askAtLength(CLEAN);
    } catch (error) {
      log.warn({ err: error }, "erased rows of the vault are not cleaned away yet; autovacuum does it");
    }
  };
  return () => (next ??= running = running.then(run));
};
