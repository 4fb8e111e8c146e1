import { spawn, type ChildProcessByStdio } from "node:child_process";
import { once } from "node:events";
import { createInterface, type Interface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";

interface Teardown {
  teardown(work: () => Promise<void>): void;
}

export interface Child {
  readonly process: ChildProcessByStdio<Writable, Readable, null>;
  readonly lines: Interface;
  /** Kills it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
}

/** Another process that runs a script of this folder. */
export const startChild = (t: Teardown, script: string, ...args: readonly string[]): Child => {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const env = { PATH: process.env["PATH"] };
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"], env });
  const gone = once(child, "exit");
  const kill = async (): Promise<void> => {
    child.kill("SIGKILL");
    await gone;
  };
  t.teardown(kill);
  return { process: child, lines: createInterface(child.stdout), kill };
};
