import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const GUARD = fileURLToPath(new URL("guard.ts", import.meta.url));

/** Stops what this process started when it is killed, and could not stop it itself. */
export interface Guard {
  /** Nothing is left to guard. */
  dismiss(): Promise<void>;
}

/** Begins to guard what is written down in a folder. */
export const startGuard = (folder: string): Guard => {
  // Out of reach of a terminal's signals, which go to the launcher and all that stands with it.
  const guard = spawn(process.execPath, [GUARD, folder], { stdio: ["pipe", "ignore", "ignore"], detached: true });
  const ended = once(guard, "close").catch(() => undefined);
  // Without a guard the next start finds what was left.
  guard.stdin.on("error", () => undefined);
  return {
    async dismiss() {
      guard.stdin.end();
      await ended;
    },
  };
};
