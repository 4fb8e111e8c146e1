import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import t from "tap";
import { temporaryFolder } from "./support/folders.ts";
import { runProgram } from "./support/program.ts";

t.setTimeout(300_000);

/** The folder of a system that was started once. */
const dataFolder = await temporaryFolder(t);
await writeFile(join(dataFolder, "safar.json"), '{"layout":1}');

const token = async (given: readonly string[], variables: Readonly<Record<string, string>> = {}) => {
  const program = runProgram(t, "token", { SAFAR_DATA: dataFolder, ...variables }, given);
  return { status: await program.ended, output: program.output(), complaints: program.complaints() };
};

t.test("a token that would reach nothing is wrong usage", async (t) => {
  const useless = [
    ["candidate", /--role candidate needs --case/],
    ["registrar", /--role registrar needs --unit/],
    ["agency", /--role agency needs --unit/],
    ["employer", /--role employer needs --unit/],
  ] as const;
  for (const [role, sentence] of useless) {
    const { status, output, complaints } = await token(["--role", role]);
    t.same([status, output], [2, ""], role);
    t.match(complaints, sentence);
  }
  t.equal((await token(["--role", "auditor"])).status, 0, "who reaches every case needs neither");
});

t.test("a mistyped folder is refused and not made", async (t) => {
  const mistyped = join(dataFolder, "dta");
  const { status, complaints } = await token(["--role", "auditor"], { SAFAR_DATA: mistyped });
  t.equal(status, 1);
  t.match(complaints, /dta is no data folder of Safar: set SAFAR_DATA/);
  t.notOk(existsSync(mistyped));
});

t.test("a link leads to where the system can be reached, or is not made", async (t) => {
  const link = ["--role", "auditor", "--link"];
  const free = await token(link, { SAFAR_PORT: "0" });
  t.same([free.status, free.output], [1, ""]);
  t.match(free.complaints, /SAFAR_PORT is 0: .*SAFAR_PUBLIC_URL/);
  const published = await token(link, { SAFAR_PORT: "0", SAFAR_PUBLIC_URL: "https://safar.example/" });
  t.match(published.output, /^https:\/\/safar\.example\/sign-in\?token=\S+\n$/);
  t.match((await token(link, { SAFAR_PORT: "8123" })).output, /^http:\/\/127\.0\.0\.1:8123\/sign-in/);
});
