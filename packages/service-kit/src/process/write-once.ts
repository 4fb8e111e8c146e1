import { chmodSync, linkSync, rmSync, writeFileSync } from "node:fs";

/**
 * Whole or not there, also where several processes make it at once: the first one's stays.
 * @param mode default: as the process's umask has it
 */
export const writeOnce = (file: string, text: string, mode?: number): void => {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, text, { mode });
  // A draft that was there already would keep its own.
  if (mode !== undefined) chmodSync(draft, mode);
  try {
    // Unlike a rename it never replaces what another process made, and has used, meanwhile.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
};
