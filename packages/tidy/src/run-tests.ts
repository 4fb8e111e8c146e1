import { spawn } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { countsLine, tallyTests } from "./test-tally.ts";

// `npm test [-- FILE…]`: every test by tap, and at the end a plain line with the counts. A person at a terminal sees
// tap's own display; in a log each file is one line, and a failed file its whole report.

const ROOT = join(import.meta.dirname, "../../..");
const REPORT = ".tap/report.tap";

const tally = tallyTests();
const atTerminal = process.stdout.isTTY;
mkdirSync(join(ROOT, ".tap"), { recursive: true });

const tap = spawn(
  join(ROOT, "node_modules/.bin/tap"),
  ["run", ...(atTerminal ? [`--output-file=${REPORT}`] : ["--reporter=tap"]), ...process.argv.slice(2)],
  { cwd: ROOT, stdio: ["inherit", atTerminal ? "inherit" : "pipe", "inherit"] },
);
const ended = new Promise<number>((resolve, reject) => {
  tap.once("error", reject);
  tap.once("close", (code) => {
    resolve(code ?? 1);
  });
});

if (tap.stdout) {
  for await (const line of createInterface(tap.stdout)) {
    const text = tally.line(line);
    if (text !== undefined) console.log(text);
  }
}
const code = await ended;
if (atTerminal) for (const line of readFileSync(join(ROOT, REPORT), "utf8").split("\n")) tally.line(line);

const counts = tally.counts();
if (counts.skipped > 0) console.log(`${counts.skipped} stood aside: what they need is not here`);
console.log(countsLine(counts));
// A run that found no test has shown nothing.
process.exitCode = code === 0 && (counts.failed > 0 || counts.passed === 0) ? 1 : code;
