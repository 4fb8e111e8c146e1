import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import t, { type Test } from "tap";
import { dataFolderAt, markMoved, realEnvironment } from "@safar/service-kit";
import { temporaryFolder } from "./support/folders.ts";
import { runProgram } from "./support/program.ts";

t.setTimeout(600_000);

const START = fileURLToPath(new URL("../src/start.ts", import.meta.url));

/** Starts and expects a refusal: status 1, nothing on standard output, and a sentence that says what to do. */
const refused = async (t: Test, variables: Readonly<Record<string, string>>, sentence: RegExp): Promise<void> => {
  const program = runProgram(t, "start", { SAFAR_PORT: "0", ...variables });
  t.equal(await program.ended, 1);
  t.match(program.complaints(), sentence);
  t.notMatch(program.complaints(), /\n\s+at /, "no stack");
  t.equal(program.output(), "");
};

t.test("a taken port stops the start, and the sentence names another way", async (t) => {
  const taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  t.teardown(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const folder = await temporaryFolder(t);
  const sentence = new RegExp(`Port ${port} on 127.0.0.1 is taken: .*SAFAR_PORT`);
  await refused(t, { SAFAR_DATA: folder, SAFAR_PORT: String(port) }, sentence);
});

t.test("a host that nobody knows stops the start", async (t) => {
  const variables = { SAFAR_DATA: await temporaryFolder(t), SAFAR_HOST: "nowhere.invalid" };
  await refused(t, variables, /nowhere\.invalid is no name that this machine knows: set SAFAR_HOST/);
});

t.test("a folder that cannot be written stops the start", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "a-file");
  await writeFile(file, "");
  await refused(t, { SAFAR_DATA: join(file, "data") }, /cannot be written \(ENOTDIR\): .*SAFAR_DATA/);
  const closed = join(folder, "closed");
  await mkdir(closed, { mode: 0o500 });
  await chmod(closed, 0o500);
  // The superuser writes everywhere.
  if (process.getuid?.() !== 0) await refused(t, { SAFAR_DATA: closed }, /cannot be written .*SAFAR_DATA/);
});

t.test("a folder that no file system lets be made stops the start", { skip: !existsSync("/proc/self") }, async (t) => {
  await refused(t, { SAFAR_DATA: "/proc/safar" }, /cannot be written .*SAFAR_DATA/);
});

t.test("a damaged key of the issuer stops the start, and no part of it is printed", async (t) => {
  const folder = await temporaryFolder(t);
  await writeFile(join(folder, "issuer.jwk"), 'k3y{"d":"secret-part"}');
  const program = runProgram(t, "start", { SAFAR_DATA: folder, SAFAR_PORT: "0" });
  t.equal(await program.ended, 1);
  t.match(program.complaints(), /issuer.jwk is damaged: .*delete it/);
  t.notMatch(program.complaints(), /secret-part|k3y/);
});

const mounts =
  spawnSync("unshare", ["--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]).status === 0;

t.test(
  "a full disk stops the start with a sentence",
  { skip: !mounts && "no file system can be mounted here" },
  async (t) => {
    const folder = await temporaryFolder(t);
    for (const size of ["40k", "400k", "1500k"]) {
      const script = `mount -t tmpfs -o size=${size} tmpfs "${folder}" && exec "$0" "$@"`;
      const through = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script];
      const started = spawnSync(through[0]!, [...through.slice(1), process.execPath, START], {
        env: { ...process.env, SAFAR_DATA: join(folder, "data"), SAFAR_PORT: "0" },
        encoding: "utf8",
      });
      t.equal(started.status, 1, size);
      t.match(started.stderr, /The disk of .* is full .*: free some space and start again/, size);
    }
  },
);

t.test("a folder that a newer program made stops the start, and is left as it is", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "safar.json");
  await writeFile(file, '{"layout":99}');
  await refused(t, { SAFAR_DATA: folder }, /layout 99, this program knows up to 1: start it with the newer version/);
  t.equal(await readFile(file, "utf8"), '{"layout":99}');
});

t.test("a master key that is missing beside a vault stops the start, and none is made in its place", async (t) => {
  const folder = await temporaryFolder(t);
  await mkdir(join(folder, "vault"));
  await writeFile(join(folder, "vault", "vault.sqlite"), "");
  const file = join(folder, "unmounted", "master.key");
  const sentence = /no master key at .*unmounted\/master\.key: mount its disk/;
  await refused(t, { SAFAR_DATA: folder, SAFAR_MASTER_KEY_FILE: file }, sentence);
  t.notOk(existsSync(join(folder, "unmounted")));
});

t.test("a wrong setting stops the start with its name and the reason", async (t) => {
  const folder = await temporaryFolder(t);
  await refused(t, { SAFAR_DATA: folder, SAFAR_PORT: "eighty" }, /SAFAR_PORT: .*number/);
  await refused(t, { SAFAR_DATA: folder, SAFAR_LOG_LEVEL: "loud" }, /SAFAR_LOG_LEVEL: /);
  await refused(t, { SAFAR_DATA: folder, NATS_URL: "nats://x" }, /NATS_URL: .*EVENTSTORE_URL/);
  await refused(t, { SAFAR_DATA: folder, NATS_CA_FILE: "ca.pem" }, /NATS_CA_FILE: .*NATS_URL/);
  await refused(t, { SAFAR_DATA: folder, NATS_CREDS_FILE: "a.creds" }, /NATS_CREDS_FILE: .*NATS_URL/);
  await refused(t, { SAFAR_DATA: folder, FILES_URL: "s3://x/y" }, /FILES_URL: .*VAULT_URL/);
  await refused(t, { SAFAR_DATA: folder, VAULT_URL: "postgres://x" }, /VAULT_URL: .*FILES_URL/);
});

t.test("a folder whose data was moved to a cluster stops the start, and is left as it is", async (t) => {
  const folder = await temporaryFolder(t);
  markMoved(dataFolderAt({ SAFAR_DATA: folder }), realEnvironment());
  await refused(t, { SAFAR_DATA: folder }, /was moved to a cluster, and goes on there: start the cluster/);
  t.same(await readdir(folder), ["moved.json"]);
});

t.test("the ready line is all of standard output, an unknown setting warns, and Ctrl-C stops cleanly", async (t) => {
  const folder = await temporaryFolder(t);
  const variables = { SAFAR_DATA: folder, SAFAR_PORT: "0", SAFAR_PROT: "1" };
  const program = runProgram(t, "start", variables);
  const line = await program.said(/ready/);
  t.match(line, /^Safar is ready at http:\/\/127\.0\.0\.1:\d+$/);
  t.match(program.complaints(), /SAFAR_PROT.*SAFAR_PORT/, "the right name is suggested");
  const address = /http:\S+/.exec(line ?? "")![0];
  t.equal((await fetch(`${address}/health/ready`)).status, 200);

  const second = runProgram(t, "start", { SAFAR_DATA: folder, SAFAR_PORT: "0" });
  t.equal(await second.ended, 1, "a second one on the same folder is refused");
  t.match(second.complaints(), /open in another process/);

  program.signal("SIGINT");
  t.equal(await program.ended, 0);
  t.equal(program.output(), `${line}\n`);
  await t.rejects(fetch(`${address}/health/live`), "nobody answers any more");
});

t.test("unknown words and wrong values of the command line are wrong usage", async (t) => {
  const program = runProgram(t, "start", {}, ["--port", "80"]);
  t.equal(await program.ended, 2);
  t.match(program.complaints(), /--port[^]*npm start/);
  const help = runProgram(t, "start", {}, ["--help"]);
  t.equal(await help.ended, 0);
  t.match(help.output(), /SAFAR_DATA/);
});
