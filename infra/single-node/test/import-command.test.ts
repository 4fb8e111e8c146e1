import { readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import t from "tap";
import { candidateCells, listOf, sampleList, vacancyCells } from "@safar/testing";
import { temporaryFolder } from "./support/folders.ts";
import { runProgram, type Program } from "./support/program.ts";

t.setTimeout(600_000);

const folder = await temporaryFolder(t);
const system = runProgram(t, "start", { SAFAR_DATA: folder, SAFAR_PORT: "0" });
const address = (await system.said(/^Safar is ready at /))?.split(" ").at(-1) ?? "";

const send = (given: readonly string[], variables: Readonly<Record<string, string>> = {}): Program =>
  runProgram(t, "import", { SAFAR_DATA: folder, ...variables }, [...given, "--url", address]);

const fileOf = async (name: string, list: string | Uint8Array): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, list);
  return file;
};

t.test("a list is sent, watched and summed up, and its rows to correct are written", async (t) => {
  const bad = candidateCells(2, { phone: "12" });
  const file = await fileOf("candidates.csv", listOf([candidateCells(1), bad, candidateCells(1)]));
  const result = join(folder, "to-correct.csv");
  const command = send(["candidates", file, "--as-of", "2026-02-16", "--result", result], { LANG: "ru_RU.UTF-8" });
  t.equal(await command.ended, 0, command.complaints());
  t.match(command.output(), /^3 rows: 1 registered \(0 with a warning\), 1 rejected, 1 duplicates$/m);
  t.match(command.output(), /^ +1 {2}phone-invalid$/m);
  t.match(command.output(), /The rows to correct are in .*to-correct\.csv/);
  t.match(command.complaints(), /bytes sent: (\d+) of \1/, "progress where there is no terminal");
  t.match(command.complaints(), /rows judged: 3 of 3/);
  const rows = (await readFile(result, "utf8")).trim().split("\r\n");
  t.equal(rows.length, 3);
  t.match(rows[1], /Строка 2, столбец «phone»: .*\[phone-invalid\]/);
  if (process.platform !== "win32") t.equal((await stat(result)).mode & 0o077, 0, "nobody else reads it");
});

t.test("a corrected file is sent as it was written", async (t) => {
  const file = await fileOf("wrong.csv", listOf([candidateCells(11, { phone: "12" })]));
  const result = join(folder, "result.csv");
  t.equal(await send(["candidates", file, "--as-of", "2026-02-16", "--result", result]).ended, 0);
  const corrected = await fileOf("right.csv", (await readFile(result, "utf8")).replace(";12;", ";+998901234567;"));
  const command = send(["candidates", corrected, "--as-of", "2026-02-16"]);
  t.equal(await command.ended, 0);
  t.match(command.output(), /^1 rows: 1 registered/m);
});

t.test("a list of vacancies is sent by a selector", async (t) => {
  const file = await fileOf("vacancies.csv", listOf([vacancyCells(), vacancyCells({ positions: "0" })]));
  const command = send(["vacancies", file]);
  t.equal(await command.ended, 0, command.complaints());
  t.match(command.output(), /^2 rows: 1 registered .* 1 rejected, 0 duplicates$/m);
  t.match(command.complaints(), /--result FILE/, "says how to get the rows to correct");
});

t.test("what cannot be done exits 1 with a sentence that says what to do, and no stack", async (t) => {
  const good = await fileOf("good.csv", sampleList("vacancies"));
  const notDone = async (command: Program, sentence: RegExp): Promise<void> => {
    t.equal(await command.ended, 1);
    t.match(command.complaints(), sentence);
    t.notMatch(command.complaints(), /\n\s+at /);
    t.equal(command.output(), "");
  };
  await notDone(send(["candidates", good], { LC_ALL: "uz_UZ.UTF-8" }), /Ustun nomlari mos emas/);
  await notDone(send(["candidates", join(folder, "nowhere.csv")]), /nowhere\.csv cannot be read/);
  await notDone(send(["candidates", folder]), /cannot be read/);
  await notDone(send(["vacancies", good], { SAFAR_TOKEN: "a.b.c" }), /token/i);
  await notDone(
    send(["vacancies", good], { OIDC_ISSUER: "https://issuer.example", OIDC_AUDIENCE: "safar" }),
    /SAFAR_TOKEN/,
  );
  await notDone(send(["vacancies", good, "--as-of", "yesterday"]), /\/asOf: It has not the right form/);
  const gone = createServer().listen(0, "127.0.0.1");
  await once(gone, "listening");
  const { port } = gone.address() as AddressInfo;
  gone.close();
  const nobody = ["vacancies", good, "--url", `http://127.0.0.1:${port}`];
  await notDone(runProgram(t, "import", { SAFAR_DATA: folder }, nobody), /does not answer: is Safar running there\?/);
});

t.test("wrong usage exits 2 and shows the right one; --help exits 0", async (t) => {
  for (const given of [[], ["people", "x.csv"], ["candidates"], ["candidates", "a.csv", "b.csv"], ["--nonsense"]]) {
    const command = send(given);
    t.equal(await command.ended, 2, given.join(" "));
    t.match(command.complaints(), /npm run -s import -- candidates\|vacancies FILE/);
  }
  const help = send(["--help"]);
  t.equal(await help.ended, 0);
  t.match(help.output(), /--as-of/);
});
