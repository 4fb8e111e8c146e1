import { execFileSync, spawnSync } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { startChild } from "./support/child.ts";
import { temporaryFolder } from "./support/folder.ts";
import { pinflOf } from "./support/people.ts";
import { openIn } from "./support/vault.ts";

/** A limit on the size of a file stands for a full disk: the same calls fail, in a process that goes on. */
const limitFileSize = (pid: number, bytes: number | "unlimited"): void => {
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${bytes}:`]);
};

const skip = spawnSync("prlimit", ["--version"]).status === 0 ? false : "prlimit is not installed";

t.test("a full disk is told, loses nothing, and the vault goes on once there is space", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const child = startChild(t, "./write-while-told.ts", folder);
  const lines = child.lines[Symbol.asyncIterator]();
  const tell = async (line: string): Promise<unknown> => {
    child.process.stdin.write(`${line}\n`);
    return JSON.parse((await lines.next()).value ?? "null");
  };
  t.equal((await lines.next()).value, "ready");
  t.same(await tell("first"), { people: ["done"], file: "done" });

  const log = await stat(join(folder, "vault.sqlite-wal"));
  limitFileSize(child.process.pid!, Math.min(log.size, 900_000));
  t.same(await tell("second"), { people: ["VaultUnavailable"], file: "VaultUnavailable" });

  limitFileSize(child.process.pid!, "unlimited");
  t.same(await tell("third"), { people: ["done"], file: "done" });
  await child.kill();

  const vault = await openIn(t, folder);
  for (const number of [0, 99, 200, 299]) t.equal((await vault.findOrCreatePerson(pinflOf(number))).created, false);
  t.equal((await vault.findOrCreatePerson(pinflOf(100))).created, true, "what failed did not happen");
  t.same([await vault.files.has("first"), await vault.files.has("second")], [true, false]);
  t.equal((await readdir(join(folder, "files"))).length, 2);
});
