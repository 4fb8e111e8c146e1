import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import t from "tap";

/** The script that makes the secrets of a trial makes all that compose.yaml names, and harms nothing. */

const run = promisify(execFile);
const infra = join(import.meta.dirname, "../..");
const make = (folder: string) =>
  run("bash", [join(infra, "make-development-secrets.sh"), folder, "ministry", "archive"]);
const refusalOf = (folder: string): Promise<unknown> => make(folder).catch((error: unknown) => error);
const compose = ["compose.yaml", "compose.three.yaml"].map((name) => readFileSync(join(infra, name), "utf8")).join();

// Outside the repository: in it the script refuses.
const home = await mkdtemp(join(tmpdir(), "safar-secrets-"));
t.teardown(() => rm(home, { recursive: true }));
const folder = join(home, "secrets");

t.test("every file and every setting that compose.yaml asks for is made", async (t) => {
  t.match((await make(folder)).stdout, /one\.env/);
  const files = [...compose.matchAll(/\$\{SAFAR_SECRETS[^}]*\}\/([\w./-]+)/g)].map(([, path = ""]) => path);
  t.ok(files.length > 20);
  t.same(
    files.filter((path) => !existsSync(join(folder, path))),
    [],
  );
  // Where people sign in is for the operator to say.
  const needed = new Set([...compose.matchAll(/\$\{(\w+):\?/g)].map(([, name = ""]) => name));
  needed.delete("OIDC_ISSUER");
  for (const file of ["one.env", "three.env"]) {
    const given = readFileSync(join(folder, file), "utf8");
    t.same(
      [...needed].filter((name) => !new RegExp(`^${name}=.`, "m").test(given)),
      [],
      `${file} gives the rest`,
    );
  }
  const server = readFileSync(join(folder, "nats-server/site.conf"), "utf8");
  t.match(server, 'cert_file: "/etc/nats/tls/server.pem"', "NATS is told where the container has its files");
  t.notOk(existsSync(join(folder, "nats-server/creds")), "and sees nobody's seed");
  t.match(server, "sync_interval: always", "and brings to the disk what it acknowledges");
  t.match(readFileSync(join(folder, "one.env"), "utf8"), "\nSAFAR_SUBSCRIBERS=ministry,archive\n");
  for (const name of ["credentials", "certificate", "key", "ca"])
    t.ok(existsSync(join(folder, "nats-archive", name)), `a subscriber has its ${name}`);
  const accounts = readFileSync(join(folder, "nats-server/accounts.conf"), "utf8");
  t.match(accounts, "$JS.ACK.SAFAR.archive.>", "and its rights");
});

t.test("one more subscriber is let in later, without touching what the others have", async (t) => {
  const seed = () => readFileSync(join(folder, "nats-ministry/credentials"), "utf8");
  const before = seed();
  await run("bash", [join(infra, "add-subscriber.sh"), folder, "university"]);
  t.equal(seed(), before);
  for (const file of ["one.env", "three.env"])
    t.match(readFileSync(join(folder, file), "utf8"), "\nSAFAR_SUBSCRIBERS=ministry,archive,university\n");
  const accounts = readFileSync(join(folder, "nats-server/accounts.conf"), "utf8");
  for (const name of ["ministry", "archive", "university"]) t.match(accounts, `$JS.ACK.SAFAR.${name}.>`);
  for (const name of ["credentials", "certificate", "key", "ca"])
    t.equal(statSync(join(folder, "nats-university", name)).mode & 0o444, 0o444, `a container reads its ${name}`);
  for (const name of ["university", "audit", "No Name"])
    await t.rejects(run("bash", [join(infra, "add-subscriber.sh"), folder, name]), { code: 1 });
});

t.test("the door for them is open on this machine alone, unless somebody says otherwise", (t) => {
  t.match(compose, '"${NATS_LISTEN:-127.0.0.1}:4222:4222"');
  t.end();
});

t.test("one authority signs the certificates, for the names that compose.yaml gives", async (t) => {
  const certificate = (path: string) => new X509Certificate(readFileSync(join(folder, path)));
  const authority = certificate("roots/ca.pem");
  const node = certificate("eventstore/node.pem");
  for (const host of ["eventstore", "eventstore-2", "eventstore-3", "localhost"]) t.equal(node.checkHost(host), host);
  t.equal(node.checkIP("127.0.0.1"), "127.0.0.1");
  t.equal(certificate("nats-server/tls/server.pem").checkHost("nats"), "nats");
  for (const path of ["eventstore/node.pem", "nats-server/tls/server.pem", "nats-relay/certificate"])
    t.ok(certificate(path).verify(authority.publicKey), path);
});

t.test("nobody else comes to them, and no two passwords are the same", async (t) => {
  t.equal(statSync(folder).mode & 0o077, 0);
  const names = ["postgres-password", "eventstore-admin-password", "eventstore-writer-password"];
  const passwords = names.map((name) => readFileSync(join(folder, name), "utf8").trim());
  t.equal(new Set(passwords).size, names.length);
  for (const password of passwords) t.match(password, /^[0-9a-f]{48}$/);
  t.equal(Buffer.from(readFileSync(join(folder, "master-key"), "utf8").trim(), "base64").length, 32);
});

t.test("what is there is not written over, and no secret is made in a repository", async (t) => {
  const before = readFileSync(join(folder, "master-key"));
  t.match(await refusalOf(folder), { code: 1, stderr: /is there already/ });
  t.same(readFileSync(join(folder, "master-key")), before);
  await mkdir(join(home, "repository/deep"), { recursive: true });
  await writeFile(join(home, "repository/.git"), "");
  const inside = await refusalOf(join(home, "repository/deep/secrets"));
  t.match(inside, { code: 1, stderr: /would lie in the git repository at/ });
  t.notOk(existsSync(join(home, "repository/deep/secrets")));
});
