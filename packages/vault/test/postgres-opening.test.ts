import { execFileSync } from "node:child_process";
import { chmod, chown, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import t from "tap";
import { postgresVaultExists } from "../src/postgres/index.ts";
import { temporaryFolder } from "./support/folder.ts";
import { MALIKA_PINFL } from "./support/people.ts";
import { newPlace, openAt, skip, startServers, type Place } from "./support/postgres.ts";
import { MASTER_KEY } from "./support/vault.ts";

const databaseOf = ({ url }: Place): string => new URL(url).pathname.slice(1);

const changed = (address: string, change: (url: URL) => void): string => {
  const url = new URL(address);
  change(url);
  return url.href;
};

if (skip !== false) {
  t.test("PostgreSQL", { skip }, () => undefined);
} else {
  const servers = await startServers(t, { settings: ["fsync = on"] });
  const { postgres, s3 } = servers;
  const secrets = [
    new URL(postgres.url).password,
    new URL(s3.url).password,
    decodeURIComponent(new URL(s3.url).password),
  ];

  t.test("of processes that open a new database together one makes the vault, and all have the same", async (t) => {
    const place = await newPlace(servers);
    const vaults = await Promise.all(Array.from({ length: 6 }, () => openAt(t, place)));
    const hashes = vaults.map((vault) => vault.requestHash(Buffer.from("{}")));
    t.equal(new Set(hashes).size, 1);
    const persons = await Promise.all(vaults.map((vault) => vault.findOrCreatePerson(MALIKA_PINFL)));
    t.equal(new Set(persons.map(({ personId }) => personId)).size, 1, "by the same index key too");
  });

  t.test("everything is there when it is opened again", async (t) => {
    const place = await newPlace(servers);
    const before = await openAt(t, place);
    const { personId } = await before.findOrCreatePerson(MALIKA_PINFL);
    const key = await before.keyOf(personId);
    await before.close();
    const after = await openAt(t, place);
    t.same(await after.findOrCreatePerson(MALIKA_PINFL), { personId, created: false });
    t.same(await after.findKey(personId), key);
  });

  t.test("another master key opens nothing and changes nothing", async (t) => {
    const place = await newPlace(servers);
    await openAt(t, place);
    const wrong = { masterKey: new Uint8Array(32).fill(8) };
    await t.rejects(openAt(t, place, wrong), { name: "VaultNotOpened", reason: "wrong-master-key" });
    await t.rejects(openAt(t, place, { masterKey: new Uint8Array(31) }), RangeError);
    await t.resolves(openAt(t, place, { masterKey: MASTER_KEY }), "the right one still does");
  });

  t.test("whether there is a vault can be asked before there is a key, and makes none", async (t) => {
    const place = await newPlace(servers);
    t.equal(await postgresVaultExists(place.url), false);
    t.equal(await postgresVaultExists(place.url), false);
    await openAt(t, place);
    t.equal(await postgresVaultExists(place.url), true);
  });

  t.test("a vault of a newer version is not touched", async (t) => {
    const place = await newPlace(servers);
    await openAt(t, place);
    postgres.query("UPDATE safar_vault.about SET version = 1000", databaseOf(place));
    await t.rejects(openAt(t, place), {
      name: "VaultNotOpened",
      reason: "newer-version",
      message: /data version 1000/,
    });
  });

  t.test("a database of something else is not made a vault", async (t) => {
    const place = await newPlace(servers);
    postgres.query("CREATE TABLE letters (text text)", databaseOf(place));
    await t.rejects(openAt(t, place), { name: "VaultNotOpened", reason: "not-a-vault" });
    t.equal(postgres.query("SELECT count(*) FROM pg_namespace WHERE nspname = 'safar_vault'", databaseOf(place)), "0");
  });

  t.test("a changed key is damaged, not another key", async (t) => {
    const place = await newPlace(servers);
    const vault = await openAt(t, place);
    for (const subject of ["import:1", "import:2"]) await vault.keyOf(subject);
    postgres.query(
      `UPDATE safar_vault.subject_keys SET wrapped =
        (SELECT wrapped FROM safar_vault.subject_keys WHERE subject = 'import:2')`,
      databaseOf(place),
    );
    await t.rejects(vault.keyOf("import:1"), { name: "KeyDamaged" });
    await t.resolves(vault.keyOf("import:2"));
  });

  t.test("who is refused learns why, and no secret stands in what is said", async (t) => {
    const place = await newPlace(servers);
    const wrong: readonly (readonly [Partial<Place>, RegExp])[] = [
      [{ url: changed(place.url, (url) => (url.password = `${url.password}x`)) }, /name or password in VAULT_URL/],
      [{ url: changed(place.url, (url) => (url.pathname = "/nowhere")) }, /does not exist/],
      [{ url: place.url.replace("postgres:", "mysql:") }, /VAULT_URL is no address that begins with postgres:/],
      [{ url: `postgres://user:${secrets[0]}@` }, /VAULT_URL is no address/],
      [{ url: `${place.url}?sslmode=verify-full&sslrootcert=/nowhere/ca.pem` }, /there is no file \/nowhere\/ca.pem/],
      [{ url: `${place.url}?passwordFile=/nowhere/password` }, /fails: .*nowhere/],
      [{ filesUrl: changed(place.filesUrl, (url) => (url.password = `${secrets[1]}x`)) }, /SignatureDoesNotMatch/],
      [{ filesUrl: changed(place.filesUrl, (url) => (url.username = "SOMEBODY")) }, /InvalidAccessKeyId/],
      [
        { filesUrl: changed(place.filesUrl, (url) => (url.pathname = "/other-bucket")) },
        /there is no bucket other-bucket/,
      ],
      [{ filesUrl: changed(place.filesUrl, (url) => (url.pathname = "/")) }, /FILES_URL names no bucket/],
      [{ filesUrl: changed(place.filesUrl, (url) => (url.username = "")) }, /FILES_URL has no credentials/],
      [{ filesUrl: "ftp://host/bucket" }, /FILES_URL is no address that begins with https:/],
      [{ filesUrl: `https://host/bucket?credentialsFile=/nowhere/key` }, /the file \/nowhere\/key cannot be read/],
    ];
    for (const [place_, message] of wrong) {
      const error = await openAt(t, { ...place, ...place_ }).then(
        () => t.fail("it was opened"),
        (reason: unknown) => reason,
      );
      t.match(error, { name: /^Vault(NotOpened|Unavailable)$/, message });
      const said = inspect(error, { depth: 10, showHidden: true });
      t.notOk(
        secrets.some((secret) => said.includes(secret)),
        "no secret is told",
      );
    }
  });

  t.test("passwords come from files too, so that no address need hold one", async (t) => {
    const place = await newPlace(servers);
    const folder = await temporaryFolder(t);
    const password = new URL(place.url).password;
    await writeFile(join(folder, "password"), `${password}\n`, { mode: 0o600 });
    const files = new URL(place.filesUrl);
    await writeFile(join(folder, "files"), `${files.username}:${decodeURIComponent(files.password)}\n`);
    const withoutPassword = changed(place.url, (url) => (url.password = ""));
    const filesUrl = changed(place.filesUrl, (url) => {
      url.username = "";
      url.password = "";
      url.searchParams.set("credentialsFile", join(folder, "files"));
    });
    const vault = await openAt(t, { url: `${withoutPassword}?passwordFile=${join(folder, "password")}`, filesUrl });
    t.ok(await vault.keyOf("import:1"));
  });

  t.test("over TLS only the server whose certificate the address names is spoken to", async (t) => {
    const place = await newPlace(servers);
    const certificate = join(postgres.folder, "server.crt");
    const key = join(postgres.folder, "server.key");
    const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
    const request = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", ...subject];
    execFileSync("openssl", [...request, "-keyout", key, "-out", certificate], { stdio: "ignore" });
    const { uid, gid } = await stat(postgres.folder);
    await chown(key, uid, gid);
    await chmod(key, 0o600);
    await chmod(certificate, 0o644);
    const another = join(await temporaryFolder(t), "another.crt");
    execFileSync("openssl", [...request, "-keyout", "/dev/null", "-out", another], { stdio: "ignore" });
    postgres.query("ALTER SYSTEM SET ssl = on");
    await postgres.stop();
    await postgres.start();

    const over = (authority: string): Place => ({
      ...place,
      url: `${place.url}?sslmode=verify-full&sslrootcert=${authority}`,
    });
    const vault = await openAt(t, over(certificate));
    t.ok(await vault.keyOf("import:1"));
    const encrypted =
      "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'safar vault'";
    t.equal(postgres.query(encrypted, databaseOf(place)), "t");
    await t.rejects(openAt(t, over(another)), { name: "VaultUnavailable", message: /self-signed certificate/ });
  });

  t.test("a server that does not sync is told to the operator", async (t) => {
    const place = await newPlace(servers);
    const said: string[] = [];
    const log = { warn: (_: unknown, message: string) => void said.push(message) };
    const first = await openAt(t, place, { log });
    t.same(said, []);
    // An open one would tell of the restart.
    await first.close();
    postgres.query("ALTER SYSTEM SET fsync = off");
    await postgres.stop();
    await postgres.start();
    await openAt(t, place, { log });
    t.match(said, [/does not sync/]);
  });
}
