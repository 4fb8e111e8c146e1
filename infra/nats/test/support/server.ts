import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";

export const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`;
const START_MS = 20_000;

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
};

/** Starts nats-server with a configuration; resolves when it takes connections. */
export const startServer = async (config: string): Promise<() => Promise<void>> => {
  const child = spawn("nats-server", ["-c", config], {
    env: { ...process.env, PATH },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`nats-server did not start: ${said}`)), START_MS);
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`nats-server ended: ${said}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes("Server is ready")) return;
      clearTimeout(timer);
      resolve();
    });
  });
  child.removeAllListeners("exit");
  return async () => {
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
};
