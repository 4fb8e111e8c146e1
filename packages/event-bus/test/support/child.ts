import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** Starts `process.ts`; its lines are collected as they come. */
export const startProcess = (...args: readonly string[]) => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "process.ts"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const lines: string[] = [];
  let rest = "";
  child.stdout.on("data", (chunk: Buffer) => {
    const parts = `${rest}${chunk.toString()}`.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
  });
  const ended = once(child, "close");
  return {
    lines,
    ended,
    async kill(): Promise<void> {
      child.kill("SIGKILL");
      await ended;
    },
  };
};
