import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { birthOf } from "./birth.ts";

const entry = z.object({ name: z.string(), pid: z.number(), birth: z.string() });
const child = entry.extend({
  /** Those with the highest end first. */
  stage: z.number(),
  /** How it is asked to stop. */
  stopBy: z.enum(["SIGTERM", "SIGINT"]),
});
const content = z.object({ launcher: entry, children: z.array(child) });

/** What runs on a data folder: for whoever has to stop it when the launcher cannot any more. */
export type Running = z.infer<typeof content>;
export type RunningProcess = Running["children"][number];

const fileIn = (folder: string): string => join(folder, "running.json");

export const isAlive = ({ pid, birth }: z.infer<typeof entry>): boolean => birthOf(pid) === birth;

/** Undefined: nothing runs, or nobody wrote it down. */
export const readRunning = (folder: string): Running | undefined => {
  try {
    return content.parse(JSON.parse(readFileSync(fileIn(folder), "utf8")));
  } catch {
    return undefined;
  }
};

/** Forgets what a launcher wrote, and not what another one wrote after it. */
export const removeRunning = (folder: string, { pid, birth }: Running["launcher"]): void => {
  const now = readRunning(folder)?.launcher;
  if (now?.pid === pid && now.birth === birth) rmSync(fileIn(folder), { force: true });
};

/** Writes down who runs, at each change and before anything else happens. */
export const keepRunningFile = (folder: string) => {
  const launcher = { name: "launcher", pid: process.pid, birth: birthOf(process.pid) ?? "" };
  const children = new Map<number, RunningProcess>();
  const write = (): void => {
    const draft = `${fileIn(folder)}.part`;
    try {
      writeFileSync(draft, JSON.stringify({ launcher, children: [...children.values()] }));
      renameSync(draft, fileIn(folder));
    } catch {
      // A full disk is told by those who keep data there; what runs goes on, and is stopped as long as this process lives.
    }
  };
  write();
  return {
    launcher,
    began(started: Omit<RunningProcess, "birth">): void {
      const birth = birthOf(started.pid);
      if (birth === undefined) return;
      children.set(started.pid, { ...started, birth });
      write();
    },
    ended(pid: number): void {
      if (children.delete(pid)) write();
    },
    remove(): void {
      removeRunning(folder, launcher);
    },
  };
};
export type RunningFile = ReturnType<typeof keepRunningFile>;
