import { createHash } from "node:crypto";
import { writeSync } from "node:fs";
import { openEmbeddedVault } from "../../src/index.ts";
import { pieces } from "./bytes.ts";
import { createTestEnvironment } from "./environment.ts";
import { hasScan, OTABEK, pinflOf } from "./people.ts";
import { MASTER_KEY } from "./vault.ts";

/** Registers people with many calls in flight, and says of each what was acknowledged, until somebody kills it. */
const [folder = "", from = "0"] = process.argv.slice(2);
const vault = await openEmbeddedVault({ folder, masterKey: MASTER_KEY, environment: createTestEnvironment() });
let next = Number(from);

const registerForEver = async (): Promise<never> => {
  for (;;) {
    const number = next++;
    const pinfl = pinflOf(number);
    const { personId } = await vault.findOrCreatePerson(pinfl);
    await vault.indexPerson(personId, { ...OTABEK, phone: `+99890${String(number).padStart(7, "0")}` });
    if (hasScan(number)) await vault.files.write(personId, `scan-${number}`, pieces(Buffer.from(`scan of ${number}`)));
    const key = createHash("sha256")
      .update(await vault.keyOf(personId))
      .digest("hex");
    writeSync(1, `${JSON.stringify({ number, pinfl, personId, key })}\n`);
  }
};

await Promise.all(Array.from({ length: 32 }, registerForEver));
