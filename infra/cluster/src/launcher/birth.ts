import { readFileSync } from "node:fs";

/** Of a line in `/proc/PID/stat`, after the name in brackets: the state, and when the process began. */
const STATE = 0;
const BEGAN = 19;

/**
 * A process's own mark, which no later process with the same number has: when it began, in the kernel's count, and in
 * which run of the machine. Undefined: it does not run (any more). Where the system has no `/proc`, all that runs is
 * marked alike.
 */
export const birthOf = (pid: number): string | undefined => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // It runs for another user.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return undefined;
  }
  try {
    const run = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    // Dead, and only not yet asked for by who began it.
    return fields[STATE] === "Z" ? undefined : `${run} ${String(fields[BEGAN])}`;
  } catch {
    return process.platform === "linux" ? undefined : "runs";
  }
};
