import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { VaultNotOpened } from "../port.ts";

/**
 * One process at a time. Node has no file locks of its own, SQLite has: a transaction on an empty database of its own
 * holds the operating system's lock, which goes with the process however it dies.
 * @returns what gives the vault free again
 */
export const lockFolder = (folder: string): (() => void) => {
  const lock = new DatabaseSync(join(folder, "vault.lock"));
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw new VaultNotOpened("in-use", `the vault in ${folder} is open in another process; stop it first`, {
      cause: error,
    });
  }
  return () => lock.close();
};
