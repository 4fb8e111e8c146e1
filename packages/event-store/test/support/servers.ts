import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { promisify } from "node:util";
import type { Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { startChild } from "./child.ts";
import { environment } from "./environment.ts";
import { temporaryFolder } from "./open-embedded.ts";

/** The address of a server for one test file: a real one where `EVENTSTORE_URL` names it, else the stand-in. */
export const serverFor = async (t: Test): Promise<string> => {
  const given = process.env["EVENTSTORE_URL"];
  if (given !== undefined && given !== "") return given;
  const server = await startLocalEventStoreDb({ environment });
  t.teardown(() => server.stop());
  return server.url;
};

/** A server as a process of its own, which a test may kill, freeze and start again over the same log. */
export interface ServerProcess {
  readonly port: number;
  readonly url: string;
  /** Where its log lies: whole while it does not run. */
  readonly folder: string;
  start(): Promise<void>;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** It keeps its connections and answers nothing, until it goes on. */
  freeze(): void;
  goOn(): void;
}

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
};

/**
 * Not started yet. The stand-in; a real one where `EVENTSTORE_START` names a program that is called with a port and a
 * folder and prints the server's process id once it is ready.
 */
export const serverProcess = async (t: Test): Promise<ServerProcess> => {
  const [port, folder] = [await freePort(), await temporaryFolder(t)];
  const program = process.env["EVENTSTORE_START"];
  let send: (signal: NodeJS.Signals) => void = () => undefined;
  let gone = async (): Promise<void> => undefined;
  const kill = async (): Promise<void> => {
    send("SIGKILL");
    await gone();
  };
  t.teardown(kill);
  return {
    port,
    url: `esdb://127.0.0.1:${port}?tls=false`,
    folder,
    kill,
    freeze: () => send("SIGSTOP"),
    goOn: () => send("SIGCONT"),
    async start() {
      if (program === undefined) {
        const child = startChild(t, "./run-local-eventstoredb.ts", [String(port), folder]);
        send = (signal) => void child.process.kill(signal);
        gone = child.kill;
        if ((await child.nextLine()) !== "ready") throw new Error("the stand-in did not start");
        return;
      }
      const { stdout } = await promisify(execFile)(program, [String(port), folder], {
        // The real server takes each variable that begins with its name for a setting.
        env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
      });
      const pid = Number(stdout);
      send = (signal) => isRunning(pid) && process.kill(pid, signal);
      gone = async () => {
        while (isRunning(pid)) await environment.timers.sleep(20);
      };
    },
  };
};

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
