import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Test } from "tap";
import { freePort, natsProcess, type NatsProcess } from "@safar/testing/servers";

/** A real nats-server on loopback with a store of its own, which a test may kill, wipe and put back. */

export interface NatsServer extends NatsProcess {
  readonly url: string;
  readonly port: number;
  /** While it is down. */
  wipe(): Promise<void>;
  keepCopy(): Promise<void>;
  /** @param withDurables false: the consumers' places stay as they are now, which is newer */
  putBackCopy(withDurables?: boolean): Promise<void>;
  /** While it is down: other options from the next start on. */
  change(options: NatsServerOptions): Promise<void>;
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
  const server = natsProcess(config);
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    start: () => server.start(),
    kill: (signal) => server.kill(signal),
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
      return server.kills;
    },
    async remove() {
      await server.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

/** The same, started, and removed with the test. */
export const startNatsServer = async (
  t: Pick<Test, "teardown">,
  options: NatsServerOptions = {},
): Promise<NatsServer> => {
  const server = await createNatsServer(options);
  t.teardown(() => server.remove());
  await server.start();
  return server;
};
