import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { benchmarksOf, type Benchmark } from "./benchmarks.ts";
import { readRepository } from "./repository.ts";

// `npm run bench [-- NAME …]`: figures. Each benchmark is a program of its own and prints what it measured.

const ROOT = join(import.meta.dirname, "../../..");
const EXIT = { done: 0, notDone: 1, wrongUsage: 2 } as const;

const benchmarks = benchmarksOf(readRepository(ROOT));

const listed = benchmarks.map(({ name, given, sentence }) => `  ${`${name} ${given}`.padEnd(24)} ${sentence}`);
const USAGE = `npm run -s bench                  every benchmark, one after another: takes many minutes
npm run -s bench -- NAME [WORD…]  one of them
npm run -s bench -- --help        this

${listed.join("\n")}

A figure counts as a ratio against a peer or a floor of the same run, the median of its rounds, on a machine that does
nothing else meanwhile.`;

/** Runs one in a process of its own, so that none warms up or burdens another. */
const run = async ({ path, name }: Benchmark, given: readonly string[]): Promise<boolean> => {
  console.log(`\n${name} (${path})`);
  const child = spawn(process.execPath, [join(ROOT, path), ...given], { cwd: ROOT, stdio: "inherit" });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) console.error(`${name} was not measured`);
  return code === 0;
};

const wrongUsage = (what: string): void => {
  console.error(`${what}\n\n${USAGE}`);
  process.exitCode = EXIT.wrongUsage;
};

const [name, ...given] = process.argv.slice(2);
if (name === "--help" || name === "-h") console.log(USAGE);
else if (name?.startsWith("-")) wrongUsage(`unknown option ${name}`);
else {
  const wanted = name === undefined ? benchmarks : benchmarks.filter((each) => each.name === name);
  if (wanted.length === 0) wrongUsage(`there is no benchmark ${name ?? ""}`);
  for (const each of wanted) if (!(await run(each, given))) process.exitCode = EXIT.notDone;
}
