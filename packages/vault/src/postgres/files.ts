import type { Environment } from "@safar/kernel";
import { text } from "../columns.ts";
import { decryptFile, encryptFile, SALT_BYTES } from "../file-format.ts";
import { measure } from "../measure.ts";
import { checkFileName, checkSubject } from "../names.ts";
import { FileMissing, KeyDestroyed, VaultUnavailable, type FileStore } from "../port.ts";
import type { Ask, Connections } from "./connections.ts";
import type { Gate } from "./gate.ts";
import type { KeyMethods } from "./keys.ts";
import { isErased, lockFileName, lockSubject } from "./locks.ts";
import { KEPT_WHEN_REPLACED, letGo, takeIn, type LooseObjects } from "./loose-objects.ts";
import { MARK } from "./mark.ts";
import type { ObjectStore } from "./object-store.ts";
import { windowOn } from "./window.ts";

export interface FilesParts {
  readonly connections: Connections;
  readonly store: ObjectStore;
  readonly loose: LooseObjects;
  readonly keys: KeyMethods;
  readonly gate: Gate;
  readonly environment: Environment;
}

/**
 * A file is an object under a random name, which a row gives to its own: so names in the store say nothing, and a file
 * is there, replaced or gone in one step, with the commit of its row.
 */
export const createFiles = (parts: FilesParts): FileStore => ({
  write: (subject, name, bytes) => parts.gate(() => write(parts, subject, name, bytes)),
  read: (subject, name) => read(parts, subject, name),
  async has(name) {
    checkFileName(name);
    return (await findFile(parts.connections.ask, name)) !== undefined;
  },
  async remove(name) {
    checkFileName(name);
    const subject = await parts.connections.transaction((ask) => removeRow(ask, name));
    // The file is gone; where its object is not yet, a sweep removes it.
    if (subject !== undefined) await parts.loose.removeOf(subject).catch(() => undefined);
  },
  async check() {
    const mark = await parts.store.read(MARK, 0, 1);
    if (!mark) throw new VaultUnavailable("storage", "the file store no longer has the vault's mark");
  },
});

const write = async (
  parts: FilesParts,
  subject: string,
  name: string,
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ sha256: string; size: number }> => {
  checkFileName(name);
  const { connections, store, loose, keys, environment } = parts;
  const key = await keys.keyOf(subject);
  const object = Buffer.from(environment.random.bytes(16)).toString("hex");
  await loose.announce(object, subject);
  const measured = measure(bytes);
  try {
    const salt = environment.random.bytes(SALT_BYTES);
    await store.write(object, encryptFile(key, { subject, name }, salt, measured.bytes));
    const outcome = await connections.transaction((ask) => putRow(ask, name, subject, object));
    if (outcome === "destroyed") throw new KeyDestroyed(subject);
    if (outcome === "too-late") throw new VaultUnavailable("storage", "the file took too long to be written");
  } catch (error) {
    // Where this fails too, a sweep removes what there is.
    await loose.discard(object).catch(() => undefined);
    throw error instanceof VaultUnavailable && (await isDestroyed(keys, subject)) ? new KeyDestroyed(subject) : error;
  }
  await loose.sweep();
  return measured.result();
};

/** An erasure takes the parts of an upload away from under it. */
const isDestroyed = async ({ findKey }: KeyMethods, subject: string): Promise<boolean> => {
  const key = await findKey(subject).catch(() => undefined);
  return key === "destroyed";
};

const PUT_FILE = `
  INSERT INTO safar_vault.files (name, subject, object) VALUES ($1, $2, $3)
  ON CONFLICT (name) DO UPDATE SET subject = excluded.subject, object = excluded.object`;

/** Within a transaction: gives a file its object, and lets go the one that it had. */
export const putRow = async (
  ask: Ask,
  name: string,
  subject: string,
  object: string,
): Promise<"done" | "destroyed" | "too-late"> => {
  await lockFileName(ask, name);
  await lockSubject(ask, subject);
  if (await isErased(ask, subject)) return "destroyed";
  if (!(await takeIn(ask, object))) return "too-late";
  // Locked, so that an erasure of the subject that had it does not let it go at the same time.
  const [before] = await ask("SELECT subject, object FROM safar_vault.files WHERE name = $1 FOR UPDATE", [name]);
  if (before) await letGo(ask, text(before["object"]), text(before["subject"]), KEPT_WHEN_REPLACED);
  await ask(PUT_FILE, [name, subject, object]);
  return "done";
};

/** Within a transaction. @returns whose it was */
export const removeRow = async (ask: Ask, name: string): Promise<string | undefined> => {
  await lockFileName(ask, name);
  const [row] = await ask("DELETE FROM safar_vault.files WHERE name = $1 RETURNING subject, object", [name]);
  if (!row) return undefined;
  await letGo(ask, text(row["object"]), text(row["subject"]), 0);
  return text(row["subject"]);
};

const findFile = async (ask: Ask, name: string): Promise<{ subject: string; object: string } | undefined> => {
  const [row] = await ask("SELECT subject, object FROM safar_vault.files WHERE name = $1", [name]);
  return row && { subject: text(row["subject"]), object: text(row["object"]) };
};

async function* read(parts: FilesParts, subject: string, name: string): AsyncGenerator<Uint8Array> {
  checkSubject(subject);
  checkFileName(name);
  const { connections, store, keys } = parts;
  const missing = (): FileMissing => new FileMissing(`there is no file ${name} of ${subject}`);
  const key = await keys.findKey(subject);
  if (key === "destroyed") throw new KeyDestroyed(subject);
  const file = key && (await findFile(connections.ask, name));
  if (!key || file?.subject !== subject) throw missing();
  const source = await windowOn(store, file.object, missing);
  yield* decryptFile(key, { subject, name }, source);
}
