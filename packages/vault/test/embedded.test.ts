import { randomBytes } from "node:crypto";
import { openEmbeddedVault } from "../src/index.ts";
import { vaultContract } from "./contract.ts";
import { temporaryFolder } from "./support/folder.ts";

vaultContract("embedded", async (t, environment) => {
  const folder = await temporaryFolder(t);
  const vault = await openEmbeddedVault({ folder, masterKey: randomBytes(32), environment });
  t.teardown(() => vault.close());
  return vault;
});
