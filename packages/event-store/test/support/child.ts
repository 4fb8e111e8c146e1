import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Test } from "tap";

/** A program of this folder that runs as a process of its own, and is killed at the latest when the test ends. */
export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line it says; undefined when it has ended. */
  nextLine(): Promise<string | undefined>;
  /** `kill -9`; resolves once it is gone. */
  kill(): Promise<void>;
}

interface Options {
  /** What runs node, with its arguments; default: node itself. */
  readonly through?: readonly string[];
}

export const startChild = (
  t: Test,
  program: string,
  given: readonly string[],
  { through = [] }: Options = {},
): Child => {
  const file = fileURLToPath(new URL(program, import.meta.url));
  const [command, ...before] = [...through, process.execPath];
  const child = spawn(command, [...before, file, ...given], { env: { PATH: process.env["PATH"] } });
  const ended = once(child, "exit");
  child.stderr.on("data", (text: Buffer) => t.comment(text.toString()));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  t.teardown(kill);
  return { process: child, kill, nextLine: async () => (await lines.next()).value };
};
