import { createHash } from "node:crypto";
import type { Secrets } from "../own-keys.ts";
import { VaultNotOpened } from "../port.ts";
import type { Connections } from "./connections.ts";
import type { ObjectStore } from "./object-store.ts";

/** The object by which a place in the store says whose files are there. No file of the vault has such a name. */
export const MARK = "vault-mark";

/**
 * Database and file store are two settings, and may be mixed up: then acknowledged files would be missing, and a
 * clearance would remove those of another vault. So each place bears the mark of its vault, from its first opening on.
 * @throws VaultNotOpened, VaultUnavailable
 */
export const checkMark = async (connections: Connections, store: ObjectStore, secrets: Secrets): Promise<void> => {
  // Random as it is, the wrapped index key tells one vault from another, and its hash says nothing about it.
  const mark = createHash("sha256").update("safar vault 1 mark").update(secrets.indexKey).digest();
  const stored = await store.read(MARK, 0, mark.length);
  if (stored && mark.equals(stored.bytes)) return;
  if (stored) throw new VaultNotOpened("not-a-vault", "FILES_URL is the place of another vault's files");
  const [named] = await connections.ask("SELECT 1 FROM safar_vault.files LIMIT 1");
  if (named) throw new VaultNotOpened("damaged", "the files of this vault are not at FILES_URL; restore them there");
  await store.write(MARK, only(mark));
};

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
