import { openEmbeddedVault } from "../../src/index.ts";
import { createTestEnvironment } from "./environment.ts";
import { MASTER_KEY } from "./vault.ts";

/** Opens a vault and keeps it until its standard input ends. */
const vault = await openEmbeddedVault({
  folder: process.argv[2] ?? "",
  masterKey: MASTER_KEY,
  environment: createTestEnvironment(),
});
process.stdout.write("open\n");
process.stdin.resume();
process.stdin.on("end", () => void vault.close());
