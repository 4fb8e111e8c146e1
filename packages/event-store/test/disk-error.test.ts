import { execFileSync, spawnSync } from "node:child_process";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { LOG_FILE } from "../src/index.ts";
import { startChild } from "./support/child.ts";
import { collect, notesOf } from "./support/events.ts";
import { openIn, temporaryFolder } from "./support/open-embedded.ts";

const skip = spawnSync("prlimit", ["--version"]).status === 0 ? false : "prlimit is not installed";

t.test("a write that the disk refuses is told, leaves nothing, and the log goes on", { skip }, async (t) => {
  const folder = await temporaryFolder(t);
  const child = startChild(t, "./append-while-told.ts", [folder]);
  t.equal(await child.nextLine(), "ready");
  const tell = async (line: string): Promise<unknown> => {
    child.process.stdin.write(`${line}\n`);
    return JSON.parse((await child.nextLine()) ?? "null");
  };
  const limitFiles = (bytes: number | "unlimited"): void => {
    execFileSync("prlimit", ["--pid", String(child.process.pid), `--fsize=${bytes}:`]);
  };
  t.same(await tell("before"), ["stored"]);
  limitFiles((await stat(join(folder, `${LOG_FILE}-wal`))).size);
  t.same(await tell("while"), ["not-stored"]);
  t.same(await tell("while"), ["not-stored"], "and again");
  limitFiles("unlimited");
  t.same(await tell("after"), ["stored"]);
  t.same(await tell("while"), ["stored"], "what failed can be appended");
  await child.kill();

  const ten = (line: string): string[] => Array.from({ length: 10 }, (_, index) => `${line}${index}`);
  const notes = notesOf(await collect((await openIn(t, folder)).readAll()));
  t.same(notes, [...ten("before"), ...ten("after"), ...ten("while")]);
});
