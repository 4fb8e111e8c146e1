import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Worker } from "node:worker_threads";
import t, { type Test } from "tap";
import { VaultUnavailable } from "../src/index.ts";
import { gather, pieces } from "./support/bytes.ts";
import { createTestEnvironment } from "./support/environment.ts";
import { temporaryFolder } from "./support/folder.ts";
import { MALIKA, MALIKA_PINFL, OTABEK_PINFL, pinflOf } from "./support/people.ts";
import { openIn } from "./support/vault.ts";

const { timers } = createTestEnvironment();

/** A vault, and its writer's thread, which a test can end at any moment as a defect would. */
const openWithWriter = async (t: Test, folder: string) => {
  const workers: Worker[] = [];
  const note = (worker: Worker): void => void workers.push(worker);
  process.on("worker", note);
  t.teardown(() => process.off("worker", note));
  const vault = await openIn(t, folder);
  const end = async (): Promise<void> => {
    await workers.findLast(({ threadName }) => threadName === "vault writer")?.terminate();
  };
  return { vault, end };
};

/** Again and again until it is done, as whoever has to know does. */
const insist = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  for (;;)
    try {
      return await work();
    } catch (problem) {
      if (!(problem instanceof VaultUnavailable)) throw problem;
      await timers.sleep(10);
    }
};

t.test(
  "a vault's writer that dies is replaced: what was answered stays, what was not can be asked again",
  async (t) => {
    const folder = await temporaryFolder(t);
    const { vault, end } = await openWithWriter(t, folder);
    const answers = new Map<string, string>();
    let unavailable = 0;
    const register = async (pinfl: string): Promise<void> => {
      try {
        answers.set(pinfl, (await vault.findOrCreatePerson(pinfl)).personId);
      } catch (problem) {
        t.ok(problem instanceof VaultUnavailable, String(problem));
        unavailable += 1;
      }
    };
    const people = Array.from({ length: 600 }, (_, index) => pinflOf(index));
    await Promise.all(people.slice(0, 100).map(register));
    await Promise.all([...people.slice(100).map(register), end()]);
    t.ok(unavailable > 0, "the thread ended with work in hand");

    const persons = await Promise.all(people.map((pinfl) => insist(() => vault.findOrCreatePerson(pinfl))));
    t.same(
      people.filter((pinfl, index) => answers.has(pinfl) && answers.get(pinfl) !== persons[index]?.personId),
      [],
      "answered once, answered so for ever",
    );
    t.equal(new Set(persons.map(({ personId }) => personId)).size, people.length);
    await vault.close();
    const after = await openIn(t, folder);
    t.same(
      await Promise.all(people.map((pinfl) => after.findOrCreatePerson(pinfl))),
      persons.map(({ personId }) => ({ personId, created: false })),
    );
  },
);

t.test("an erasure during which the writer dies is finished by asking again", async (t) => {
  const folder = await temporaryFolder(t);
  const { vault, end } = await openWithWriter(t, folder);
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  await vault.indexPerson(personId, MALIKA);
  await vault.files.write(personId, "scan", pieces(Buffer.from("scan")));
  const erased = insist(() => vault.destroyKey(personId));
  await Promise.all([erased, end()]);
  t.equal(await vault.findKey(personId), "destroyed");
  t.same(await vault.findPersons({ pinfl: MALIKA_PINFL }), []);
  await vault.close();
  await openIn(t, folder);
  t.same(await readdir(join(folder, "files")), []);
});

t.test("a backup can be made after the writer has died, and holds what came after", async (t) => {
  const folder = await temporaryFolder(t);
  const { vault, end } = await openWithWriter(t, folder);
  const before = await vault.findOrCreatePerson(MALIKA_PINFL);
  await vault.files.write(before.personId, "scan", pieces(Buffer.from("scan")));
  await end();
  const after = await insist(() => vault.findOrCreatePerson(OTABEK_PINFL));
  const copy = join(await temporaryFolder(t), "copy");
  await vault.backupTo(copy);
  const restored = await openIn(t, copy);
  t.same(await restored.findOrCreatePerson(OTABEK_PINFL), { personId: after.personId, created: false });
  t.equal((await gather(restored.files.read(before.personId, "scan"))).toString(), "scan");
});

t.test("a vault whose writer is dead can be closed", async (t) => {
  const folder = await temporaryFolder(t);
  const { vault, end } = await openWithWriter(t, folder);
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  await Promise.all([end(), vault.close()]);
  t.same(await (await openIn(t, folder)).findOrCreatePerson(MALIKA_PINFL), { personId, created: false });
});

t.test("a backup that the writer's death ended holds no file back", async (t) => {
  const folder = await temporaryFolder(t);
  const { vault, end } = await openWithWriter(t, folder);
  const { personId } = await vault.findOrCreatePerson(MALIKA_PINFL);
  await vault.files.write(personId, "scan", pieces(Buffer.from("scan")));
  await end();
  await t.rejects(vault.backupTo(join(await temporaryFolder(t), "backup")), VaultUnavailable);
  await insist(() => vault.files.remove("scan"));
  t.same(await readdir(join(folder, "files")), []);
});
