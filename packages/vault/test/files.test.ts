import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { FileDamaged, FileTooLarge, MAX_FILE_BYTES, type EmbeddedVault } from "../src/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { temporaryFolder } from "./support/folder.ts";
import { openIn } from "./support/vault.ts";

const CHUNK = 65_536 + 16;
const HEADER = 33;

/** A vault with one file of the given bytes, and where it lies. */
const storeOne = async (
  t: Parameters<typeof openIn>[0],
  bytes: Buffer,
): Promise<{ vault: EmbeddedVault; path: string; stored: Buffer }> => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  await vault.files.write("import:1", "list", pieces(bytes));
  const [name] = await readdir(join(folder, "files"));
  const path = join(folder, "files", name!);
  return { vault, path, stored: await readFile(path) };
};

const read = (vault: EmbeddedVault): Promise<Buffer> => gather(vault.files.read("import:1", "list"));

t.test("a file with any bit changed is damaged", async (t) => {
  const { vault, path, stored } = await storeOne(t, Buffer.alloc(150_000, "row;"));
  const property = fc.asyncProperty(fc.nat(stored.length - 1), fc.nat(7), async (at, bit) => {
    const changed = Buffer.from(stored);
    changed[at]! ^= 1 << bit;
    await writeFile(path, changed);
    await t.rejects(read(vault), FileDamaged);
  });
  await fc.assert(property, { numRuns: 40 });
  await writeFile(path, stored);
  t.equal((await read(vault)).length, 150_000);
});

t.test("a file that was cut anywhere or has grown is damaged", async (t) => {
  const { vault, path, stored } = await storeOne(t, Buffer.alloc(150_000, "row;"));
  const ends = [0, 1, HEADER - 1, HEADER, HEADER + 1, HEADER + CHUNK, HEADER + 2 * CHUNK, stored.length - 1];
  for (const end of ends) {
    await writeFile(path, stored.subarray(0, end));
    await t.rejects(read(vault), FileDamaged, `cut after ${end} bytes`);
  }
  for (const more of [1, 16, CHUNK]) {
    await writeFile(path, Buffer.concat([stored, Buffer.alloc(more)]));
    await t.rejects(read(vault), FileDamaged, `${more} bytes more`);
  }
});

t.test("a cut where the file was a whole number of chunks is damaged too", async (t) => {
  const { vault, path, stored } = await storeOne(t, Buffer.alloc(131_072, "row;"));
  t.equal(stored.length, HEADER + 2 * CHUNK);
  await writeFile(path, stored.subarray(0, HEADER + CHUNK));
  await t.rejects(read(vault), FileDamaged);
});

t.test("chunks that changed places, or came twice, are damaged", async (t) => {
  const { vault, path, stored } = await storeOne(t, Buffer.alloc(150_000, "row;"));
  const header = stored.subarray(0, HEADER);
  const [first, second] = [0, 1].map((number) =>
    stored.subarray(HEADER + number * CHUNK, HEADER + (number + 1) * CHUNK),
  );
  const last = stored.subarray(HEADER + 2 * CHUNK);
  for (const order of [
    [second!, first!, last],
    [first!, first!, last],
    [first!, last],
    [first!, second!, second!, last],
  ]) {
    await writeFile(path, Buffer.concat([header, ...order]));
    await t.rejects(read(vault), FileDamaged);
  }
});

t.test("one file put in another's place is damaged", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  await vault.files.write("import:1", "list", pieces(Buffer.from("one")));
  const [first] = await readdir(join(folder, "files"));
  await vault.files.write("import:1", "list-2", pieces(Buffer.from("two")));
  const second = (await readdir(join(folder, "files"))).find((name) => name !== first);
  await writeFile(join(folder, "files", first!), await readFile(join(folder, "files", second!)));
  await t.rejects(read(vault), FileDamaged);
});

t.test("names on the disk say nothing, and what is replaced or removed leaves it", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  await vault.files.write("import:1", "list", pieces(Buffer.from("one")));
  await vault.files.write("import:1", "list", pieces(Buffer.from("two")));
  const names = await readdir(join(folder, "files"));
  t.equal(names.length, 1);
  t.match(names[0], /^[0-9a-f]{32}$/);
  t.equal((await stat(join(folder, "files", names[0]!))).mode & 0o777, 0o600);
  await vault.files.remove("list");
  t.same(await readdir(join(folder, "files")), []);
});

t.test("who reads a file that is replaced meanwhile reads the old one to its end", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  await vault.files.write("import:1", "list", pieces(Buffer.alloc(200_000, "old")));
  const reading = vault.files.read("import:1", "list")[Symbol.asyncIterator]();
  const first = await reading.next();
  await vault.files.write("import:1", "list", pieces(Buffer.from("new")));
  const rest = await gather({ [Symbol.asyncIterator]: () => reading });
  t.ok(Buffer.concat([first.value, rest]).equals(Buffer.alloc(200_000, "old")));
  t.equal((await read(vault)).toString(), "new");
});

t.test("what a killed process left half written is removed when the vault is opened", async (t) => {
  const folder = await temporaryFolder(t);
  const before = await openIn(t, folder);
  await before.files.write("import:1", "list", pieces(Buffer.from("list")));
  await before.close();
  await writeFile(join(folder, "files", "0f.partial"), "half");
  await writeFile(join(folder, "files", "0e"), "whole, but its row was never written");
  const vault = await openIn(t, folder);
  t.equal((await readdir(join(folder, "files"))).length, 1);
  t.equal((await read(vault)).toString(), "list");
});

t.test("a file without end is refused, and nothing of it stays", async (t) => {
  const folder = await temporaryFolder(t);
  const vault = await openIn(t, folder);
  // A piece that claims the whole limit is counted before any of its bytes is looked at.
  const huge = new Uint8Array(new ArrayBuffer(MAX_FILE_BYTES + 1));
  await t.rejects(vault.files.write("import:1", "list", pieces(huge)), FileTooLarge);
  t.same(await readdir(join(folder, "files")), []);
});
