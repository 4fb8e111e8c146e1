import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real nats-server on loopback, whose configuration a test may change while it runs. */

export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
};

export const until = async (what: string, isSo: () => Promise<boolean>, limitMs = 60_000): Promise<void> => {
  const end = performance.now() + limitMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`${what} did not come about`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export const createNats = async () => {
  const folder = await mkdtemp(join(tmpdir(), "safar-relay-"));
  const port = await freePort();
  const config = join(folder, "nats.conf");
  const write = (more: string, maxFileStore = 100_000_000): Promise<void> =>
    writeFile(
      config,
      `listen: "127.0.0.1:${port}"
       jetstream { store_dir: "${folder}", max_file_store: ${maxFileStore}, max_memory_store: 10000000 }
       ${more}`,
    );
  let stop: () => Promise<void> = async () => undefined;
  let signal: (name: NodeJS.Signals) => void = () => undefined;
  return {
    port,
    url: `nats://127.0.0.1:${port}`,
    /** @param more stands at the end of its configuration */
    async start(more = "", maxFileStore = 100_000_000): Promise<void> {
      await write(more, maxFileStore);
      const path = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`;
      const child = spawn("nats-server", ["-c", config], { env: { ...process.env, PATH: path }, stdio: "ignore" });
      await once(child, "spawn");
      stop = async () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      };
      signal = (name) => void child.kill(name);
    },
    async change(more: string): Promise<void> {
      await write(more);
      signal("SIGHUP");
    },
    /** It keeps its connections and answers nothing, until it is let go on. */
    freeze(): void {
      signal("SIGSTOP");
    },
    goOn(): void {
      signal("SIGCONT");
    },
    stop: () => stop(),
    /** While it is down. */
    wipe: () => rm(join(folder, "jetstream"), { recursive: true, force: true }),
    remove: () => rm(folder, { recursive: true }),
  };
};
