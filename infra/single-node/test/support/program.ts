import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { realEnvironment } from "@safar/service-kit";
import type { Test } from "tap";

/** A command of the single node as a process of its own. */
export interface Program {
  readonly output: () => string;
  readonly complaints: () => string;
  /** Resolves once a line of standard output matches, or the process has ended: then undefined. */
  said(pattern: RegExp): Promise<string | undefined>;
  signal(name: NodeJS.Signals): void;
  /** Resolves with the exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
}

/** Runs `src/NAME.ts`, and kills it at the latest with the test. Nothing of the test's own settings reaches it. */
export const runProgram = (
  t: Pick<Test, "teardown">,
  name: string,
  variables: Readonly<Record<string, string>>,
  given: readonly string[] = [],
): Program => {
  const file = fileURLToPath(new URL(`../../src/${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [file, ...given], {
    env: { PATH: process.env["PATH"], SAFAR_LOG_LEVEL: "warn", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let complaints = "";
  const waiting = new Set<() => void>();
  const wake = (): void => {
    for (const look of waiting) look();
  };
  child.stdout.on("data", (text: Buffer) => {
    output += text.toString();
    wake();
  });
  child.stderr.on("data", (text: Buffer) => (complaints += text.toString()));
  let isOver = false;
  const ended = once(child, "close").then(([status, signal]) => {
    isOver = true;
    wake();
    return (signal ?? status) as number | NodeJS.Signals;
  });
  t.teardown(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    output: () => output,
    complaints: () => complaints,
    said: (pattern) =>
      new Promise((resolve) => {
        const look = (): void => {
          const line = output.split("\n").find((each) => pattern.test(each));
          if (line === undefined && !isOver) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
      }),
    signal: (signal) => void child.kill(signal),
    ended,
  };
};

/** Below what Linux, macOS and Windows give to whoever asks for any port, and above the usual services. */
const PORTS = { from: 15_000, count: 15_000 } as const;

/**
 * A port that stays free while nobody listens at it: where a test restarts a system at the same address, a port that
 * the machine hands out by itself could meanwhile be given to another test, or to a client's own end of a connection.
 */
export const freePort = async (): Promise<number> => {
  const { random } = realEnvironment();
  for (;;) {
    const port = PORTS.from + Math.floor(random.fraction() * PORTS.count);
    const server = createServer().listen(port, "127.0.0.1");
    const isFree = await once(server, "listening").then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, "close");
    return port;
  }
};
