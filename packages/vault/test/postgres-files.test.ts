import { Client } from "pg";
import t, { type Test } from "tap";
import { FileTooLarge, KeyDestroyed, MAX_FILE_BYTES } from "../src/index.ts";
import { removeUnnamedFiles } from "../src/postgres/index.ts";
import { MAX_FILES_AT_ONCE } from "../src/postgres/limits.ts";
import { gather, pieces } from "./support/bytes.ts";
import { startChild } from "./support/child.ts";
import { newPlace, openAt, skip, startServers, type Place, type Servers } from "./support/postgres.ts";

const MEBIBYTE = 1_048_576;

const prefixOf = ({ filesUrl }: Place): string => new URL(filesUrl).pathname.split("/").slice(2).join("/");

const list = (size: number, letter = "r"): Buffer => Buffer.alloc(size, letter);

const tests = (servers: Servers): void => {
  const { postgres, s3 } = servers;

  const ask = (place: Place, sql: string): string => postgres.query(sql, new URL(place.url).pathname.slice(1));
  const objects = async (place: Place): Promise<readonly string[]> =>
    (await s3.bucket.keys()).filter((key) => key.startsWith(`${prefixOf(place)}/`) && !key.endsWith("/vault-mark"));
  const unfinished = async (place: Place): Promise<number> =>
    (await s3.bucket.uploads()).filter(({ key }) => key.startsWith(prefixOf(place))).length;
  const loose = (place: Place): number => Number(ask(place, "SELECT count(*) FROM safar_vault.loose_objects"));
  /** What is kept for hours is kept for none: the hours have passed. */
  const letHoursPass = (place: Place): void => {
    ask(place, "UPDATE safar_vault.loose_objects SET removable_at = now(), written_until = NULL");
  };
  /** Opening a vault sweeps; it is through once the vault is closed. */
  const sweep = async (t: Test, place: Place): Promise<void> => (await openAt(t, place)).close();

  /** Holds the first request of a kind for ever, and tells when it came. */
  const holding = (t: Test, operation: string): Promise<string> => {
    const reached = Promise.withResolvers<string>();
    s3.onRequest = async (request) => {
      if (request.operation !== operation) return;
      reached.resolve(operation);
      await new Promise(() => undefined);
    };
    t.teardown(async () => void (s3.onRequest = undefined));
    return reached.promise;
  };

  t.test("a large file goes in parts, and names and bytes in the store say nothing", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const bytes = list(20 * MEBIBYTE);
    await vault.files.write("import:1", "list", pieces(bytes.subarray(0, 3), bytes.subarray(3)));
    t.ok((await gather(vault.files.read("import:1", "list"))).equals(bytes));
    const [key, ...others] = await objects(place);
    t.equal(others.length, 0);
    t.match(key, /\/[0-9a-f]{32}$/);
    const stored = Buffer.from(await s3.bucket.read(key!, 0, 30 * MEBIBYTE));
    t.notOk(stored.includes("rrrrrrrr"));
    t.equal(await unfinished(place), 0);
  });

  t.test("what breaks off anywhere leaves the old file and nothing of the new one", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    await vault.files.write("import:1", "list", pieces(list(100)));
    async function* breaksOff(): AsyncGenerator<Uint8Array> {
      yield list(18 * MEBIBYTE);
      throw new Error("the sender is gone");
    }
    await t.rejects(vault.files.write("import:1", "list", breaksOff()), { message: "the sender is gone" });
    const huge = new Uint8Array(new ArrayBuffer(MAX_FILE_BYTES + 1));
    await t.rejects(vault.files.write("import:1", "list", pieces(huge)), FileTooLarge);
    for (const operation of ["UploadPart", "CompleteMultipartUpload"]) {
      s3.onRequest = (request) => {
        if (request.operation === operation) throw new Error("cut");
      };
      const writing = vault.files.write("import:1", "list", pieces(list(18 * MEBIBYTE)));
      await t.rejects(writing, { name: "VaultUnavailable", reason: "storage" });
    }
    s3.onRequest = undefined;
    t.equal((await gather(vault.files.read("import:1", "list"))).length, 100);
    t.same([(await objects(place)).length, await unfinished(place), loose(place)], [1, 0, 0]);
  });

  t.test("a replaced file is kept for those who read it, and swept when its hours have passed", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    const old = list(10 * MEBIBYTE, "o");
    await vault.files.write("import:1", "list", pieces(old));
    const reading = vault.files.read("import:1", "list")[Symbol.asyncIterator]();
    const first = await reading.next();
    await vault.files.write("import:1", "list", pieces(list(5, "n")));
    await sweep(t, place);
    const rest = await gather({ [Symbol.asyncIterator]: () => reading });
    t.ok(Buffer.concat([first.value, rest]).equals(old), "to its end");
    t.equal((await gather(vault.files.read("import:1", "list"))).toString(), "nnnnn");
    t.equal((await objects(place)).length, 2);
    letHoursPass(place);
    await sweep(t, place);
    t.same([(await objects(place)).length, loose(place)], [1, 0]);
    await vault.files.remove("list");
    t.same([(await objects(place)).length, loose(place)], [0, 0], "a removed one goes at once");
  });

  for (const { operation, size } of [
    { operation: "PutObject", size: 100 },
    { operation: "UploadPart", size: 20 * MEBIBYTE },
    { operation: "CompleteMultipartUpload", size: 20 * MEBIBYTE },
  ]) {
    t.test(`a process killed at ${operation} leaves nothing that is not found and removed`, async (t) => {
      const place = await newPlace(servers);
      await sweep(t, place);
      const reached = holding(t, operation);
      const child = startChild(t, "./write-file-postgres.ts", place.url, place.filesUrl, "write", String(size));
      await reached;
      await child.kill();
      s3.onRequest = undefined;
      t.equal(loose(place), 1, "it was announced before");
      const vault = await openAt(t, place);
      t.equal(await vault.files.has("list"), false);
      letHoursPass(place);
      ask(place, "UPDATE safar_vault.loose_objects SET written_until = now()");
      await sweep(t, place);
      t.same([(await objects(place)).length, await unfinished(place), loose(place)], [0, 0, 0]);
    });
  }

  t.test(
    "a process killed between a file's last byte and its row leaves the old file, and a sweep the rest",
    async (t) => {
      const place = await newPlace(servers);
      const vault = await openAt(t, place);
      await vault.files.write("import:1", "list", pieces(list(100)));
      // Somebody holds the table, so that the child waits at the row.
      const auditor = new Client({ connectionString: place.url });
      await auditor.connect();
      await auditor.query("BEGIN; LOCK TABLE safar_vault.files IN EXCLUSIVE MODE");
      const child = startChild(t, "./write-file-postgres.ts", place.url, place.filesUrl, "write", "5");
      while ((await objects(place)).length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
      await child.kill();
      await auditor.end();
      t.equal((await gather(vault.files.read("import:1", "list"))).length, 100);
      letHoursPass(place);
      await sweep(t, place);
      t.same([(await objects(place)).length, loose(place)], [1, 0]);
    },
  );

  t.test("a file whose upload is through at the last moment is refused, as a sweep may be under way", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    s3.onRequest = (request) => {
      if (request.operation !== "PutObject") return;
      ask(place, "UPDATE safar_vault.loose_objects SET removable_at = now() + interval '1 minute'");
    };
    const writing = vault.files.write("import:1", "list", pieces(list(100)));
    await t.rejects(writing, { name: "VaultUnavailable", message: /took too long/ });
    s3.onRequest = undefined;
    t.equal(await vault.files.has("list"), false);
    t.same([(await objects(place)).length, loose(place)], [0, 0], "and nothing of it is left");
  });

  t.test("a process killed in the middle of an erasure leaves files that the next opening removes", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    await vault.files.write("import:1", "list", pieces(list(100)));
    const reached = holding(t, "DeleteObject");
    const child = startChild(t, "./write-file-postgres.ts", place.url, place.filesUrl, "erase");
    await reached;
    t.equal(await vault.findKey("import:1"), "destroyed", "nobody gets the key any more");
    await child.kill();
    s3.onRequest = undefined;
    t.equal((await objects(place)).length, 1);
    await sweep(t, place);
    t.same([(await objects(place)).length, loose(place)], [0, 0]);
  });

  t.test("an erasure takes an upload in parts away from under another process", async (t) => {
    const place = await newPlace(servers);
    const [writer, eraser] = [await openAt(t, place), await openAt(t, place)];
    async function* erasedMeanwhile(): AsyncGenerator<Uint8Array> {
      yield list(10 * MEBIBYTE);
      await eraser.destroyKey("import:1");
      yield list(10 * MEBIBYTE);
    }
    await t.rejects(writer.files.write("import:1", "list", erasedMeanwhile()), KeyDestroyed);
    t.same([(await objects(place)).length, await unfinished(place), loose(place)], [0, 0, 0]);
  });

  t.test("of racing writes of one name over two vaults one is the file, and none is lost sight of", async (t) => {
    const place = await newPlace(servers);
    const vaults = [await openAt(t, place), await openAt(t, place)] as const;
    const writes = Array.from({ length: 24 }, (_, number) =>
      vaults[number % 2]!.files.write(`import:${number % 3}`, "list", pieces(Buffer.from(String(number)))),
    );
    await Promise.all(writes);
    t.equal(ask(place, "SELECT count(*) FROM safar_vault.files"), "1");
    t.equal((await objects(place)).length, 24);
    t.equal(loose(place), 23);
    letHoursPass(place);
    await sweep(t, place);
    t.equal((await objects(place)).length, 1);
    const subject = ask(place, "SELECT subject FROM safar_vault.files");
    t.equal((await gather(vaults[0].files.read(subject, "list"))).length > 0, true);
  });

  t.test("more files at once than memory is for are sent away", async (t) => {
    const vault = await openAt(t, await newPlace(servers));
    const writes = Array.from({ length: MAX_FILES_AT_ONCE + 1 }, (_, number) =>
      vault.files.write("import:1", `list-${number}`, pieces(list(5))),
    );
    const outcomes = await Promise.allSettled(writes);
    t.equal(outcomes.filter(({ status }) => status === "fulfilled").length, MAX_FILES_AT_ONCE);
    t.match(outcomes.at(-1), { status: "rejected", reason: { name: "VaultUnavailable", reason: "queue-full" } });
  });

  t.test("a vault is not opened over the files of another one, nor without its own", async (t) => {
    const [first, second] = [await newPlace(servers), await newPlace(servers)];
    await (await openAt(t, first)).files.write("import:1", "list", pieces(list(5)));
    await openAt(t, second);
    const mixed = { ...first, filesUrl: second.filesUrl };
    await t.rejects(openAt(t, mixed), { name: "VaultNotOpened", reason: "not-a-vault" });
    await t.rejects(removeUnnamedFiles(mixed), { name: "VaultNotOpened", reason: "not-a-vault" });
    const empty = { ...first, filesUrl: (await newPlace(servers)).filesUrl };
    await t.rejects(openAt(t, empty), { name: "VaultNotOpened", reason: "damaged" });
  });
};

if (skip !== false) t.test("PostgreSQL", { skip }, () => undefined);
else tests(await startServers(t));
