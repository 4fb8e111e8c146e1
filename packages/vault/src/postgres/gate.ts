import { VaultUnavailable } from "../port.ts";
import { MAX_FILES_AT_ONCE } from "./limits.ts";

/** Lets so many at a time do what holds much memory. @throws VaultUnavailable for one more */
export type Gate = <Result>(work: () => Promise<Result>) => Promise<Result>;

export const createGate = (): Gate => {
  let within = 0;
  return async (work) => {
    if (within >= MAX_FILES_AT_ONCE) {
      throw new VaultUnavailable("queue-full", `${MAX_FILES_AT_ONCE} files are being written to the vault`);
    }
    within += 1;
    try {
      return await work();
    } finally {
      within -= 1;
    }
  };
};
