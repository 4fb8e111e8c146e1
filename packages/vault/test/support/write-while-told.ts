import { createInterface } from "node:readline";
import { openEmbeddedVault } from "../../src/index.ts";
import { pieces } from "./bytes.ts";
import { createTestEnvironment } from "./environment.ts";
import { pinflOf } from "./people.ts";
import { MASTER_KEY } from "./vault.ts";

/** At every line of standard input: a hundred new people, and a file; then says how each went. */
const vault = await openEmbeddedVault({
  folder: process.argv[2] ?? "",
  masterKey: MASTER_KEY,
  environment: createTestEnvironment(),
});
let next = 0;

// The limit's own signal would end the process; a full disk sends none.
process.on("SIGXFSZ", () => undefined);

const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );

process.stdout.write("ready\n");
for await (const line of createInterface(process.stdin)) {
  const people = Array.from({ length: 100 }, () => outcome(vault.findOrCreatePerson(pinflOf(next++))));
  const file = outcome(vault.files.write("import:1", line, pieces(Buffer.alloc(1_000_000))));
  const outcomes = { people: [...new Set(await Promise.all(people))], file: await file };
  process.stdout.write(`${JSON.stringify(outcomes)}\n`);
}
await vault.close();
