import { execFileSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import t, { type Test } from "tap";
import { openJetStream } from "@safar/event-bus/jetstream";
import { openEventStoreDb } from "@safar/event-store/eventstoredb";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { realEnvironment } from "@safar/service-kit";
import { postgresMissing, startPostgres, startS3, type PostgresServer, type S3Server } from "@safar/testing";
import { freePort, natsProcess } from "@safar/testing/servers";
import { openPostgresVault } from "@safar/vault/postgres";
import { temporaryFolder } from "./support/folders.ts";
import { runProgram } from "./support/program.ts";

/** What an operator of a cluster does by docs/operating/cluster.md and cluster-vault.md. */

t.setTimeout(300_000);
const environment = realEnvironment();
const PAGE = new URL("../../../docs/operating/cluster-vault.md", import.meta.url);
const MASTER_KEY = Buffer.alloc(32, 7);
const [MALIKA, OTABEK] = ["41203965550011", "31203965550028"];

const run = async (t: Test, name: string, given: readonly string[], variables: Readonly<Record<string, string>>) => {
  const program = runProgram(t, name, variables, given);
  return { status: await program.ended, output: program.output(), complaints: program.complaints() };
};

/** The lines that the page's chapter has in its blocks of commands. */
const documentedSteps = async () => {
  const chapter = (await readFile(PAGE, "utf8")).split("## Backup and restore")[1]!.split("\n## ")[0]!;
  const blocks = [...chapter.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, lines]) => lines!.trim().split("\n"));
  const [[list, dump], [restore, eraseAgain]] = blocks as [[string, string], [string, string]];
  return { list, dump, restore, eraseAgain };
};

interface Place {
  readonly url: string;
  readonly filesUrl: string;
}

const openAt = (t: Test, place: Place) =>
  openPostgresVault({ ...place, masterKey: MASTER_KEY, environment }).then((vault) => {
    t.teardown(() => vault.close());
    return vault;
  });

const bytesOf = async function* (text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
};

const prefixOf = ({ filesUrl }: Place): string => `${new URL(filesUrl).pathname.split("/").slice(2).join("/")}/`;

const copyBucket = async ({ bucket }: S3Server, from: Place, to: Place): Promise<void> => {
  for (const key of await bucket.keys())
    if (key.startsWith(prefixOf(from)))
      await bucket.put(key.replace(prefixOf(from), prefixOf(to)), await bucket.read(key, 0, 1_000_000));
};

/** Runs a line of the page as it stands there. */
const shell = (postgres: PostgresServer, folder: string, line: string, place: Place): void => {
  execFileSync("sh", ["-ec", line], {
    cwd: folder,
    env: { PATH: `${postgres.programs}${delimiter}${process.env["PATH"] ?? ""}`, VAULT_URL: place.url },
  });
};

t.test(
  "by the documented steps who was erased stays erased after a restore",
  { skip: postgresMissing() },
  async (t) => {
    const steps = await documentedSteps();
    t.match(steps.eraseAgain, /^npm run -s restore -- --erased erased$/, "the command that is run below");
    const postgres = await startPostgres({ teardown: (stop) => t.teardown(stop) });
    const s3 = await startS3({ teardown: (stop) => t.teardown(stop) });
    const placeAt = async (name: string) => ({
      url: await postgres.createDatabase(),
      filesUrl: s3.url.replace("?", `/${name}?`),
    });
    const folder = await temporaryFolder(t);
    const [old, anew] = [await placeAt("old"), await placeAt("new")];
    const variables = {
      SAFAR_DATA: folder,
      SAFAR_MASTER_KEY_FILE: join(folder, "kept.key"),
      VAULT_URL: anew.url,
      FILES_URL: anew.filesUrl,
    };
    await writeFile(variables.SAFAR_MASTER_KEY_FILE, `${MASTER_KEY.toString("base64")}\n`, { mode: 0o600 });

    const vault = await openAt(t, old);
    const malika = (await vault.findOrCreatePerson(MALIKA)).personId;
    const otabek = (await vault.findOrCreatePerson(OTABEK)).personId;
    for (const person of [malika, otabek]) await vault.files.write(person, `scan-${person}`, bytesOf("scan"));
    shell(postgres, folder, steps.dump, old);
    await copyBucket(s3, old, anew);
    await vault.destroyKey(malika);
    const erasures = await vault.erasureList();
    shell(postgres, folder, steps.list, old);

    const tooEarly = await run(t, "restore", ["--erased", join(folder, "erased")], variables);
    t.match(tooEarly, { status: 1, complaints: /holds no vault/, output: "" });
    shell(postgres, folder, steps.restore, anew);
    await s3.bucket.put(`${prefixOf(anew)}written-since-the-dump`, Buffer.from("sealed"));
    const before = await openAt(t, anew);
    t.equal(await before.files.has(`scan-${malika}`), true, "in the backup she lives");
    await before.close();

    const done = await run(t, "restore", ["--erased", join(folder, "erased")], variables);
    t.match(done, {
      status: 0,
      complaints: "",
      output: "1 erasures were applied; 1 files that nothing names were removed\n",
    });
    const restored = await openAt(t, anew);
    t.equal(await restored.findKey(malika), "destroyed");
    t.equal(await restored.files.has(`scan-${malika}`), false);
    t.strictSame(await restored.erasureList(), erasures, "with the time of then");
    t.strictSame(await restored.findOrCreatePerson(OTABEK), { personId: otabek, created: false });
    t.equal(await restored.files.has(`scan-${otabek}`), true);
    const objects = (await s3.bucket.keys()).filter((key) => key.startsWith(prefixOf(anew)));
    t.equal(objects.length, 2, "one file, and the mark");
    const again = await run(t, "restore", ["--erased", join(folder, "erased")], variables);
    t.match(again, { status: 0, output: /; 0 files/ });
  },
);

t.test("a restored log goes on above the position that was lost, by one command", async (t) => {
  const server = await startLocalEventStoreDb({ environment });
  t.teardown(() => server.stop());
  const variables = { SAFAR_DATA: join(await temporaryFolder(t), "data"), EVENTSTORE_URL: server.url };
  const append = async (stream: string): Promise<bigint> => {
    const onFatal = (problem: Error) => t.fail(problem.message);
    const store = await openEventStoreDb({ url: server.url, environment, onFatal });
    const empty = Buffer.from("{}");
    const event = { id: environment.random.uuid(), type: "Noted", data: empty, metadata: empty };
    return store
      .append(stream, "no-stream", [event])
      .then(({ position }) => position)
      .finally(() => store.close());
  };
  const head = await append("kept-1");
  const lost = head + 70_000n;
  const done = await run(t, "restore", ["--above", String(lost)], variables);
  t.match(done, { status: 0, complaints: "", output: `ends at position ${head}; later events stand above ${lost}` });
  t.match(done, {
    output:
      /^whether they are stopped was not checked: services \(VAULT_URL is not set\), the relay \(NATS_URL is not set\)$/m,
  });
  t.ok((await append("kept-2")) > lost);
  const low = await run(t, "restore", ["--above", String(head)], variables);
  t.match(low, { status: 1, output: "", complaints: /stand above \d+ already/ });
  t.match(await run(t, "restore", ["--above", "-1"], variables), { status: 2 });
  t.match(await run(t, "restore", ["--above=here"], variables), { status: 2, complaints: /must be a position/ });
  const { SAFAR_DATA } = variables;
  t.match(await run(t, "restore", ["--above", "9"], { SAFAR_DATA }), { status: 2, complaints: /EVENTSTORE_URL/ });
});

t.test(
  "a log is not continued while a service has the vault open or a relay is connected",
  { skip: postgresMissing() },
  async (t) => {
    const log = await startLocalEventStoreDb({ environment });
    t.teardown(() => log.stop());
    const postgres = await startPostgres({ teardown: (stop) => t.teardown(stop) });
    const s3 = await startS3({ teardown: (stop) => t.teardown(stop) });
    const folder = await temporaryFolder(t);
    const port = await freePort();
    await writeFile(
      join(folder, "nats.conf"),
      `listen: "127.0.0.1:${port}"\njetstream { store_dir: "${folder}/js" }\n`,
    );
    const nats = natsProcess(join(folder, "nats.conf"));
    await nats.start();
    t.teardown(() => nats.kill());
    const place = { url: await postgres.createDatabase(), filesUrl: s3.url };
    const variables = {
      SAFAR_DATA: join(folder, "data"),
      EVENTSTORE_URL: log.url,
      VAULT_URL: place.url,
      FILES_URL: place.filesUrl,
      NATS_URL: `nats://127.0.0.1:${port}`,
    };
    const vault = await openPostgresVault({ ...place, masterKey: MASTER_KEY, environment, name: "registration" });
    const options = { url: variables.NATS_URL, limits: {}, environment, log: { warn: () => undefined } };
    const relay = openJetStream({ ...options, onFatal: (problem) => t.fail(problem.message) });
    while ((await relay.stream.state().catch(() => "away")) === "away") await environment.timers.sleep(20);
    const monitor = openJetStream({ ...options, name: "monitor", onFatal: (problem) => t.fail(problem.message) });
    while ((await monitor.stream.state().catch(() => "away")) === "away") await environment.timers.sleep(20);

    const continued = () => run(t, "restore", ["--above", "70000"], variables);
    const from = "from 127.0.0.1";
    t.match(await continued(), {
      status: 1,
      output: "",
      complaints: `these run: registration (vault ${from}); relay (NATS ${from}).`,
    });
    await relay.close();
    t.match(await continued(), { status: 1, output: "", complaints: `these run: registration (vault ${from}).` });
    await vault.close();
    t.strictSame(await continued(), {
      status: 0,
      output: "the log ends at position -1; later events stand above 70000\n",
      complaints: "",
    });
    await monitor.close();
    await nats.kill();
    t.match(await continued(), { status: 1, complaints: /NATS at NATS_URL does not tell .* Unset it to go on/ });
    const away = { ...variables, VAULT_URL: "postgres://u:secret@127.0.0.1:1/vault" };
    const untold = await run(t, "restore", ["--above", "70000"], away);
    t.match(untold, { status: 1, complaints: /The vault at VAULT_URL does not tell .* Unset it to go on/ });
    t.notMatch(untold.complaints, /secret/);
  },
);

t.test("a list of the erased that is turned round, or beside no vault, is refused", async (t) => {
  const folder = await temporaryFolder(t);
  const erased = join(folder, "erased");
  await writeFile(erased, "\n1772323200123 0b5e3a52-7a2b-4b7e-9a39-2f8a3c1d4e5f\n");
  const address = { VAULT_URL: "postgres://u:p@127.0.0.1:1/vault", FILES_URL: "http://k:s@127.0.0.1:1/bucket" };
  const turned = await run(t, "restore", ["--erased", erased], { SAFAR_DATA: folder, ...address });
  t.match(turned, { status: 1, complaints: /^Line 2 of .* is not a subject and after it the time/ });
  const alone = await run(t, "restore", ["--erased", erased], { SAFAR_DATA: folder });
  t.match(alone, { status: 2, complaints: /--from/ });
});
