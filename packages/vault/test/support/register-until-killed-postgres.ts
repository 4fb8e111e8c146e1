import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { VaultUnavailable } from "../../src/index.ts";
import { openPostgresVault } from "../../src/postgres/index.ts";
import { pieces } from "./bytes.ts";
import { createTestEnvironment } from "./environment.ts";
import { hasScan, OTABEK, pinflOf } from "./people.ts";
import { MASTER_KEY } from "./vault.ts";

/**
 * Registers people with many calls in flight, repeats what was refused, and says of each what was acknowledged, until
 * somebody kills it.
 */
const [url = "", filesUrl = "", from = "0"] = process.argv.slice(2);
const environment = createTestEnvironment();
const vault = await openPostgresVault({ url, filesUrl, masterKey: MASTER_KEY, environment });
let next = Number(from);

const register = async (number: number): Promise<void> => {
  const pinfl = pinflOf(number);
  const { personId } = await vault.findOrCreatePerson(pinfl);
  await vault.indexPerson(personId, { ...OTABEK, phone: `+99890${String(number).padStart(7, "0")}` });
  if (hasScan(number)) await vault.files.write(personId, `scan-${number}`, pieces(Buffer.from(`scan of ${number}`)));
  const key = createHash("sha256")
    .update(await vault.keyOf(personId))
    .digest("hex");
  writeSync(1, `${JSON.stringify({ number, pinfl, personId, key })}\n`);
};

const registerForEver = async (): Promise<never> => {
  for (;;) {
    const number = next++;
    for (let done = false; !done;) {
      done = await register(number).then(
        () => true,
        async (error: unknown) => {
          if (!(error instanceof VaultUnavailable)) throw error;
          await sleep(20);
          return false;
        },
      );
    }
  }
};

await Promise.all(Array.from({ length: 32 }, registerForEver));
