import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import type { Environment } from "@safar/kernel";
import { KEY_BYTES } from "./aes-gcm.ts";
import { isErrorCode, syncFolder } from "./disk.ts";

export interface LoadedMasterKey {
  readonly key: Uint8Array;
  /** True when it was made just now: whoever starts the system must be told to keep a copy of it elsewhere. */
  readonly created: boolean;
}

/** The file is there but holds no master key; nothing was changed. */
export class MasterKeyMalformed extends Error {
  override readonly name = "MasterKeyMalformed";
}

/** There is a vault but not its key, as where the key's disk is not mounted; nothing was made. */
export class MasterKeyMissing extends Error {
  override readonly name = "MasterKeyMissing";
}

/** 32 bytes as base64 in one line: 43 characters and one of padding. */
const MASTER_KEY = /^[A-Za-z0-9+/]{43}=\r?\n?$/;

const load = async (file: string): Promise<LoadedMasterKey | undefined> => {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return undefined;
    throw error;
  }
  if (!MASTER_KEY.test(text)) {
    throw new MasterKeyMalformed(`${file} is no master key: expected one line, base64 of ${KEY_BYTES} bytes`);
  }
  return { key: new Uint8Array(Buffer.from(text.trim(), "base64")), created: false };
};

/** A file appears under its name whole and durable, or not at all; another process may have been first. */
const createWhole = async (file: string, text: string, unique: string): Promise<boolean> => {
  const partial = `${file}.${unique}.partial`;
  const handle = await open(partial, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
    await link(partial, file);
  } catch (error) {
    if (isErrorCode(error, "EEXIST")) return false;
    throw error;
  } finally {
    await handle.close();
    await unlink(partial);
  }
  await syncFolder(dirname(file));
  return true;
};

/**
 * The master key of a file (mode 0600), made at the first start and never where a vault exists: a new key opens nothing
 * of it, and would lie where the right one belongs.
 * @throws MasterKeyMalformed, MasterKeyMissing; what `vaultExists` throws
 */
export const loadOrCreateMasterKey = async (
  file: string,
  environment: Environment,
  vaultExists: () => Promise<boolean>,
): Promise<LoadedMasterKey> => {
  const loaded = await load(file);
  if (loaded) return loaded;
  if (await vaultExists()) return loadOfVault(file);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const key = environment.random.bytes(KEY_BYTES);
  const text = `${Buffer.from(key).toString("base64")}\n`;
  if (await createWhole(file, text, environment.random.uuid())) return { key, created: true };
  const others = await load(file);
  if (!others) throw new MasterKeyMalformed(`${file} was made and removed while the system started; start again`);
  return others;
};

/** The key is made before its vault is: another process may have made both since the first look. */
const loadOfVault = async (file: string): Promise<LoadedMasterKey> => {
  const loaded = await load(file);
  if (loaded) return loaded;
  throw new MasterKeyMissing(
    `There is a vault, but no master key at ${file}: mount its disk or put your copy of the key there, or name the file with SAFAR_MASTER_KEY_FILE. No new key was made, since it would open nothing.`,
  );
};
