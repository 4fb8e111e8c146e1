import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { startCommand, temporaryFolder } from "./support/child.ts";

t.test("it says where it is and what it is for, and stops on Ctrl-C", async (t) => {
  const folder = await temporaryFolder(t);
  const command = startCommand(t, ["--data", join(folder, "new", "folder"), "--port", "0"]);
  t.match(await command.ready(), /^esdb:\/\/127\.0\.0\.1:\d+\?tls=false$/);
  t.match(command.output.errors, /development and tests.*no database server for production/);
  t.same(await command.kill("SIGINT"), [0, null]);
  t.equal(command.output.lines.length, 1);
});

t.test("--help is done, wrong words are 2, what cannot be done is 1 with a sentence", async (t) => {
  const folder = await temporaryFolder(t);
  const file = join(folder, "file");
  await writeFile(file, "");
  await mkdir(join(folder, "log"));
  const running = startCommand(t, ["--data", join(folder, "log"), "--port", "0"]);
  const { port } = new URL(await running.ready());
  const cases: readonly (readonly [string[], number, RegExp])[] = [
    [["--help"], 0, /^$/],
    [["--port", "many"], 2, /--port is a number from 0 to 65535, not "many"/],
    [["--memory", "--data", folder], 2, /leave out --data/],
    [["--nonsense"], 2, /nonsense/],
    [["--memory", "--port", port], 1, new RegExp(`^Port ${port} on 127.0.0.1 is taken: .*--port`)],
    [["--data", file, "--port", "0"], 1, /is no folder: choose another one with --data/],
    [["--data", join(folder, "log"), "--port", "0"], 1, /events\.sqlite/],
  ];
  for (const [given, status, sentence] of cases) {
    const command = startCommand(t, given);
    const [exit] = await command.ended;
    t.equal(exit, status, given.join(" "));
    t.match(command.output.errors, sentence);
  }
});
