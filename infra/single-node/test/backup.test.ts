import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t, { type Test } from "tap";
import { realEnvironment, type RunningProcess } from "@safar/service-kit";
import { simulate, type Part } from "@safar/simulator";
import { candidateBody, createClient, settle } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { startInside, tokensOf } from "./support/inside.ts";
import { checkLog, checkReadModels, readLog } from "./support/invariants.ts";
import { runProgram } from "./support/program.ts";

t.setTimeout(600_000);
const LIMIT_MS = 120_000;
const FAR_ABOVE = 1_000_000_000n;

/** Runs a command to its end. */
const run = async (t: Test, name: string, folder: string, given: readonly string[], more = {}) => {
  const program = runProgram(t, name, { SAFAR_DATA: folder, ...more }, given);
  const status = await program.ended;
  return { status, output: program.output(), complaints: program.complaints() };
};

const as = async (folder: string, { address }: RunningProcess, part: Part) =>
  createClient(address, realEnvironment(), await (await tokensOf(folder)).of(part));

const REGISTRAR: Part = { role: "registrar", unit: "1726" };

const register = async (folder: string, running: RunningProcess, numbers: readonly number[]): Promise<string[]> => {
  const registrar = await as(folder, running, REGISTRAR);
  const cases: string[] = [];
  for (const n of numbers) {
    const { body } = await registrar.post("/registration/cases", candidateBody(n));
    cases.push(String(body.caseId));
  }
  return cases;
};

/** A system that ran, with a backup of it, stopped. */
const withBackup = async (t: Test) => {
  const place = await temporaryFolder(t);
  const [folder, backup] = [join(place, "data"), join(place, "backup")];
  const running = await startInside(t, folder);
  const cases = await register(folder, running, [1, 2, 3]);
  await settle(running.kit, running.node, LIMIT_MS);
  const made = await run(t, "backup", folder, ["--to", backup]);
  t.equal(made.status, 0, made.complaints);
  const head = await running.kit.store.head();
  return { place, folder, backup, running, cases, head };
};

/** What lies in a folder, with sizes, to see that nothing changed. */
const listOf = async (folder: string): Promise<string[]> => {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    names
      .filter((name) => !/-(wal|shm|lock)$|\.lock$/.test(name))
      .map(async (name) => `${name} ${(await stat(join(folder, name))).size}`),
  );
};

t.test("a backup made while journeys move is restored with every case that it has", async (t) => {
  const place = await temporaryFolder(t);
  const [folder, backup] = [join(place, "data"), join(place, "backup")];
  const running = await startInside(t, folder);
  const tokens = await tokensOf(folder);
  let half: () => void = () => undefined;
  const halfway = new Promise<void>((resolve) => (half = resolve));
  let acknowledged = 0;
  const journeys = simulate({
    seed: 3,
    journeys: 20,
    speed: 400,
    address: running.address,
    environment: realEnvironment(),
    tokenOf: (part: Part) => tokens.of(part),
    onAcknowledged: () => {
      acknowledged += 1;
      if (acknowledged === 150) half();
    },
  });
  await halfway;
  const made = await run(t, "backup", folder, ["--to", backup]);
  t.match(made, { status: 0, complaints: "" });
  const position = BigInt(/position (\d+)/.exec(made.output)![1]!);
  await journeys;
  await settle(running.kit, running.node, LIMIT_MS);
  const head = await running.kit.store.head();
  t.ok(head > position, "the system went on meanwhile");
  t.same((await readdir(backup)).sort(), ["backup.json", "log", "vault"], "no master key in it");
  const before = (await readLog(running.kit.store, running.kit.decoder)).filter((event) => event.position <= position);
  await running.stop();

  const restored = await run(t, "restore", folder, ["--from", backup]);
  t.match(restored, { status: 0, complaints: "" });
  t.equal((await readdir(place)).filter((name) => name.startsWith("data.before-")).length, 1, "the old folder is kept");
  const again = await startInside(t, folder);
  const log = await readLog(again.kit.store, again.kit.decoder);
  t.same(
    log.filter((event) => event.position <= position).map(({ id }) => id),
    before.map(({ id }) => id),
    "the same events",
  );
  const auditor = await as(folder, again, { role: "auditor" });
  const cases = before.filter(({ type }) => type === "CandidateRegistered").map(({ meta }) => meta.caseId!);
  t.ok(cases.length > 5);
  for (const caseId of cases) {
    const { status, body } = await auditor.get(`/audit/cases/${caseId}/history`);
    t.equal(status, 200);
    t.type(body.items[0].data.pinfl, "string", "what is personal can be read");
  }
  await register(folder, again, [900]);
  await settle(again.kit, again.node, LIMIT_MS);
  const after = await readLog(again.kit.store, again.kit.decoder);
  t.ok(
    after.filter((event) => event.position > position).every((event) => event.position > head),
    "later positions are above all that were given out",
  );
  checkLog(t, after);
  await checkReadModels(t, again);
});

t.test("restore refuses while the system runs, and says to stop it", async (t) => {
  const { folder, backup, running } = await withBackup(t);
  const refused = await run(t, "restore", folder, ["--from", backup]);
  t.match(refused, { status: 1, complaints: /stop it first/, output: "" });
  t.equal((await fetch(`${running.address}/health/ready`)).status, 200, "it runs on");
});

const flip = async (file: string, at: number): Promise<void> => {
  const handle = await open(file, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  await handle.write(Buffer.from([byte[0]! ^ 1]), 0, 1, at);
  await handle.close();
};

t.test("a backup that is damaged, cut short or of another key is refused, and nothing is changed", async (t) => {
  const { folder, backup, running, place } = await withBackup(t);
  await running.stop();
  const before = await listOf(folder);
  const otherKey = join(place, "other.key");
  await writeFile(otherKey, `${Buffer.alloc(32, 7).toString("base64")}\n`);
  const refuse = async (why: RegExp, more = {}) => {
    const refused = await run(t, "restore", folder, ["--from", backup], more);
    t.match(refused, { status: 1, complaints: why, output: "" });
    t.same(await listOf(folder), before, "nothing is changed");
    t.same((await readdir(place)).sort(), ["backup", "data", "other.key"]);
  };
  await refuse(/this master key is not the one/, { SAFAR_MASTER_KEY_FILE: otherKey });
  await refuse(/no master key at/, { SAFAR_MASTER_KEY_FILE: join(place, "nothing.key") });
  const logFile = join(backup, "log", "events.sqlite");
  const middle = Math.floor((await stat(logFile)).size / 2);
  await flip(logFile, middle);
  await refuse(/log\/events\.sqlite is not what was backed up/);
  await flip(logFile, middle);
  await flip(join(backup, "vault", "vault.sqlite"), 5_000);
  await refuse(/vault\/vault\.sqlite is not what was backed up/);
  await flip(join(backup, "vault", "vault.sqlite"), 5_000);
  const list = await readFile(join(backup, "backup.json"));
  await rm(join(backup, "backup.json"));
  await refuse(/is no backup, or one that was cut short/);
  await writeFile(join(backup, "backup.json"), list);
  t.match(await run(t, "restore", folder, ["--from", backup]), { status: 0 }, "whole again, it is restored");
});

t.test("who was erased since the backup stays erased", async (t) => {
  const { folder, backup, running, cases } = await withBackup(t);
  const log = await readLog(running.kit.store, running.kit.decoder);
  const personId = log.find(({ meta, type }) => meta.caseId === cases[0] && type === "CandidateRegistered")!.meta
    .personId!;
  await running.kit.vault.destroyKey(personId);
  await running.stop();
  t.match(await run(t, "restore", folder, ["--from", backup]), { status: 0, output: /1 erasures were applied/ });
  const again = await startInside(t, folder);
  const auditor = await as(folder, again, { role: "auditor" });
  const { body } = await auditor.get(`/audit/cases/${cases[0]!}/history`);
  t.ok(body.items[0].erased.includes("/data/pinfl"));
  t.notOk("pinfl" in body.items[0].data);
});

t.test("a second restore gives out no position that the log before the first had given out", async (t) => {
  const { folder, backup, running, head } = await withBackup(t);
  await register(folder, running, [4, 5]);
  await settle(running.kit, running.node, LIMIT_MS);
  const last = await running.kit.store.head();
  t.ok(last > head);
  await running.stop();
  const restored = { status: 0, complaints: "", output: new RegExp(`stand above ${last}\n`) };
  t.match(await run(t, "restore", folder, ["--from", backup]), restored);
  t.match(await run(t, "restore", folder, ["--from", backup]), restored, "with no event in between");
});

t.test("where everything else is lost, positions go on far above, and a list of the erased is heeded", async (t) => {
  const { folder, backup, running, cases, place, head } = await withBackup(t);
  const log = await readLog(running.kit.store, running.kit.decoder);
  const personOf = (caseId: string) =>
    log.find(({ meta, type }) => meta.caseId === caseId && type === "CandidateRegistered")!.meta.personId!;
  await running.stop();
  const key = join(place, "kept.key");
  await writeFile(key, await readFile(join(folder, "master.key")));
  await rm(folder, { recursive: true });
  const erased = join(place, "erased.txt");
  await writeFile(erased, `${personOf(cases[1]!)} 2026-03-01T00:00:00Z\n${randomUUID()}\n`);
  const variables = { SAFAR_MASTER_KEY_FILE: key };
  const done = await run(t, "restore", folder, ["--from", backup, "--erased", erased], variables);
  t.match(done, { status: 0, output: new RegExp(`stand above ${head + FAR_ABOVE}`) });
  await writeFile(join(folder, "master.key"), await readFile(key));
  const again = await startInside(t, folder);
  const [caseId] = await register(folder, again, [77]);
  t.type(caseId, "string");
  t.ok((await again.kit.store.head()) > head + FAR_ABOVE);
  t.equal(await again.kit.vault.findKey(personOf(cases[1]!)), "destroyed");
  t.not(await again.kit.vault.findKey(personOf(cases[0]!)), "destroyed");
});

t.test("what lies on a cluster's servers is neither copied from a folder nor put back into one", async (t) => {
  const { place, folder, backup, running } = await withBackup(t);
  await running.stop();
  const before = await listOf(folder);
  const copy = join(place, "copy");
  for (const more of [
    { EVENTSTORE_URL: "esdb://127.0.0.1:1?tls=false" },
    { VAULT_URL: "postgres://127.0.0.1:1/a", FILES_URL: "http://a:b@127.0.0.1:1/c" },
  ]) {
    const refused = { status: 1, output: "", complaints: /is set: .*docs\/operating\/cluster\.md/ };
    t.match(await run(t, "backup", folder, ["--to", copy], more), refused);
    t.match(await run(t, "restore", folder, ["--from", backup], more), refused);
  }
  t.notOk(existsSync(copy));
  t.same(await listOf(folder), before);
});

t.test("a backup never goes into a folder that holds something", async (t) => {
  const { folder, backup, running } = await withBackup(t);
  t.match(await run(t, "backup", folder, ["--to", backup]), { status: 1, complaints: /is not empty/ });
  await running.stop();
  const nowhere = join(await temporaryFolder(t), "none");
  t.match(await run(t, "backup", nowhere, ["--to", join(nowhere, "b")]), { status: 1, complaints: /holds no log/ });
  t.notOk(existsSync(nowhere));
  t.match(await run(t, "backup", folder, []), { status: 2, complaints: /--to/ });
});
