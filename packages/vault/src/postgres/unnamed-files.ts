import { databaseConfig, filesAddress } from "./address.ts";
import { openConnections } from "./connections.ts";
import { checkMark, MARK } from "./mark.ts";
import { openObjectStore } from "./object-store.ts";
import { readSecrets } from "./schema.ts";

const NAMED = `
  SELECT 1 FROM safar_vault.files WHERE object = $1 UNION ALL SELECT 1 FROM safar_vault.loose_objects WHERE object = $1`;

/**
 * Removes the objects that no row names. There are none but after a restore: the database is older than the store
 * then, and what was written in between would lie there for ever. No process may have the vault open.
 * @throws VaultNotOpened where the place is another vault's, VaultUnavailable
 * @returns how many were removed
 */
export const removeUnnamedFiles = async (options: {
  readonly url: string;
  readonly filesUrl: string;
}): Promise<number> => {
  const address = filesAddress(options.filesUrl);
  const connections = openConnections(databaseConfig(options.url));
  try {
    const store = await openObjectStore(address);
    await checkMark(connections, store, await readSecrets(connections.ask));
    let removed = 0;
    for await (const object of store.list()) {
      if (object === MARK || (await connections.ask(NAMED, [object])).length > 0) continue;
      await store.remove(object, false);
      removed += 1;
    }
    store.close();
    return removed;
  } finally {
    await connections.close();
  }
};
