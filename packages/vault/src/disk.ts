import { open } from "node:fs/promises";
import { VaultUnavailable } from "./port.ts";

export const isErrorCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && "code" in error && typeof error.code === "string" && codes.includes(error.code);

/** A new or renamed file is durable once its folder is synced too. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** A disk that is full (or a quota or limit that is reached) or fails: it may be well again later. */
const DISK_CODES = ["ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS", "EMFILE", "ENFILE"];

/** Runs what uses the disk; its failures become VaultUnavailable. */
export const onDisk = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (!isErrorCode(error, ...DISK_CODES, "ERR_SQLITE_ERROR")) throw error;
    throw new VaultUnavailable("storage", `the vault's disk fails: ${String(error)}`, { cause: error });
  }
};
