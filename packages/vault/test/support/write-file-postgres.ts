import { openPostgresVault } from "../../src/postgres/index.ts";
import { pieces } from "./bytes.ts";
import { createTestEnvironment } from "./environment.ts";
import { MASTER_KEY } from "./vault.ts";

/** Writes one file of so many bytes, or erases its subject, and says so. */
const [url = "", filesUrl = "", what = "", size = "0"] = process.argv.slice(2);
const environment = createTestEnvironment();
const vault = await openPostgresVault({ url, filesUrl, masterKey: MASTER_KEY, environment });
if (what === "write") await vault.files.write("import:1", "list", pieces(Buffer.alloc(Number(size), "row;")));
else await vault.destroyKey("import:1");
process.stdout.write("done\n");
await vault.close();
