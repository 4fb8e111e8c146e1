import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real nats-server on loopback with a store of its own, which a test may kill, wipe and put back. */

const PATH = `${process.env["PATH"] ?? ""}:/usr/sbin:/usr/local/sbin`;
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

export interface NatsServer {
  readonly url: string;
  readonly port: number;
  /** Resolves when it takes connections. */
  start(): Promise<void>;
  /** By default as a power button would. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** While it is down. */
  wipe(): Promise<void>;
  keepCopy(): Promise<void>;
  /** @param withDurables false: the consumers' places stay as they are now, which is newer */
  putBackCopy(withDurables?: boolean): Promise<void>;
  /** While it is down: other options from the next start on. */
  change(options: NatsServerOptions): Promise<void>;
  readonly kills: number;
  remove(): Promise<void>;
}

export interface NatsServerOptions {
  /** Bytes that its JetStream may store. */
  readonly maxFileStore?: number;
  /** Written at the end of its configuration. */
  readonly more?: string;
}

export const createNatsServer = async (options: NatsServerOptions = {}): Promise<NatsServer> => {
  const folder = await mkdtemp(join(tmpdir(), "safar-nats-"));
  const port = await freePort();
  const [config, store, copy] = [join(folder, "nats.conf"), join(folder, "store"), join(folder, "copy")];
  const change = ({ maxFileStore = 1_000_000_000, more = "" }: NatsServerOptions): Promise<void> =>
    writeFile(
      config,
      `listen: "127.0.0.1:${port}"
       max_payload: 4MB
       jetstream { store_dir: "${store}", max_file_store: ${maxFileStore}, max_memory_store: 100000000 }
       ${more}`,
    );
  await change(options);
  let running: ChildProcess | undefined;
  let kills = 0;

  const start = async (): Promise<void> => {
    const child = spawn("nats-server", ["-c", config], {
      env: { ...process.env, PATH },
      stdio: ["ignore", "ignore", "pipe"],
    });
    running = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nats-server did not start: ${said}`)), START_MS);
      child.once("error", reject);
      child.once("exit", () => reject(new Error(`nats-server ended: ${said}`)));
      child.stderr.on("data", (chunk: Buffer) => {
        said += chunk.toString();
        if (!said.includes("Server is ready")) return;
        clearTimeout(timer);
        said = "";
        resolve();
      });
    });
    child.removeAllListeners("exit");
  };
  const kill = async (signal: NodeJS.Signals = "SIGKILL"): Promise<void> => {
    const child = running;
    if (signal === "SIGSTOP" || signal === "SIGCONT") return void child?.kill(signal);
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    kills += 1;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  };

  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    start,
    kill,
    wipe: () => rm(store, { recursive: true, force: true }),
    async keepCopy() {
      await rm(copy, { recursive: true, force: true });
      await cp(store, copy, { recursive: true });
    },
    async putBackCopy(withDurables = true) {
      const durables = join("jetstream", "$G", "streams", "SAFAR", "obs");
      const kept = join(folder, "kept");
      if (!withDurables) await cp(join(store, durables), kept, { recursive: true });
      await rm(store, { recursive: true, force: true });
      await cp(copy, store, { recursive: true });
      if (withDurables) return;
      await rm(join(store, durables), { recursive: true, force: true });
      await cp(kept, join(store, durables), { recursive: true });
    },
    change,
    get kills() {
      return kills;
    },
    async remove() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
