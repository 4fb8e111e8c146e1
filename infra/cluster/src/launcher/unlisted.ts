import { readdirSync, readFileSync } from "node:fs";
import { birthOf } from "./birth.ts";
import { isAlive, type Running, type RunningProcess } from "./running-file.ts";

/** The variable by which each process says who launched it. */
export const LAUNCHED_BY = "LAUNCHED_BY";

export const launcherMark = ({ pid, birth }: Running["launcher"]): string => `${pid} ${birth}`;

const isMarked = (pid: number, mark: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(`${LAUNCHED_BY}=${mark}`);
  } catch {
    // It has ended, or is another user's.
    return false;
  }
};

const everyPid = (): readonly number[] => {
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
  } catch {
    return [];
  }
};

/**
 * What a launcher had begun and not written down yet when it was killed, found by its mark where the system has `/proc`.
 * PostgreSQL hides its variables, and is not found so.
 */
export const unlistedOf = ({ launcher, children }: Running): readonly RunningProcess[] =>
  everyPid()
    .filter((pid) => isMarked(pid, launcherMark(launcher)))
    .map((pid): RunningProcess => ({
      name: `process ${pid}`,
      pid,
      birth: birthOf(pid) ?? "",
      stage: 0,
      stopBy: "SIGTERM",
    }))
    .filter(
      (found) => isAlive(found) && children.every(({ pid, birth }) => pid !== found.pid || birth !== found.birth),
    );
