import { openEmbeddedVault, type EmbeddedVault } from "../../src/index.ts";
import { createTestEnvironment } from "./environment.ts";

export const MASTER_KEY = new Uint8Array(32).fill(7);

interface Teardown {
  teardown(work: () => Promise<void>): void;
}

/** An embedded vault in a folder, closed after the test. */
export const openIn = async (t: Teardown, folder: string, masterKey = MASTER_KEY): Promise<EmbeddedVault> => {
  const vault = await openEmbeddedVault({ folder, masterKey, environment: createTestEnvironment() });
  t.teardown(() => vault.close());
  return vault;
};
