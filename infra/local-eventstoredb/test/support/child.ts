import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Test } from "tap";

const command = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

export const temporaryFolder = async (t: Test): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-eventstoredb-"));
  t.teardown(() => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** The command as people start it, killed at the latest when the test ends. */
export const startCommand = (t: Test, given: readonly string[]) => {
  const child = spawn(process.execPath, [command, ...given], { env: { PATH: process.env["PATH"] } });
  const ended = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const output = { errors: "", lines: [] as string[] };
  child.stderr.on("data", (text: Buffer) => (output.errors += text.toString()));
  const reader = createInterface({ input: child.stdout });
  const firstLine = once(reader, "line").then(([line]) => String(line));
  reader.on("line", (line) => output.lines.push(line));
  const kill = async (signal: NodeJS.Signals = "SIGKILL") => {
    child.kill(signal);
    return ended;
  };
  t.teardown(() => kill());
  /** Its address, once it says that it is ready. */
  const ready = async (): Promise<string> => {
    const line = await Promise.race([firstLine, ended.then(() => `ended early: ${output.errors}`)]);
    return /esdb:\S+$/.exec(line)?.[0] ?? Promise.reject(new Error(line));
  };
  return { ready, kill, ended, output };
};
