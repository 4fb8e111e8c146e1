import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findProgram } from "./find-program.ts";
import type { Program } from "./program.ts";

/** How to do without one. */
export const OTHER_BROKER = "set NATS_URL to a server that runs already";
/** Well below any disk: JetStream answers badly on a disk that is really full. */
const MAX_STORE_BYTES = 4_000_000_000;
/** Its own log, which is of use only where something is wrong with it; the one before stays beside it. */
const MAX_LOG_BYTES = 10_000_000;
/** What is not published yet is small: the largest event, and its headers. */
const MAX_PAYLOAD_BYTES = 4_194_304;

/** A nats-server of the launcher's own, on loopback and without users, for a cluster under development. */
export const developmentBroker = async (options: {
  readonly folder: string;
  readonly ports: readonly [clients: number, monitoring: number];
}): Promise<{ readonly program: Program; readonly url: string; readonly monitoringUrl: string }> => {
  const { folder } = options;
  const [port, monitoring] = options.ports;
  const command = findProgram("nats-server", "nats-server", OTHER_BROKER);
  await mkdir(folder, { recursive: true });
  const config = join(folder, "nats.conf");
  const logFile = join(folder, "nats.log");
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitoring}"`,
    `log_file: ${JSON.stringify(logFile)}`,
    `logfile_size_limit: ${MAX_LOG_BYTES}`,
    `max_payload: ${MAX_PAYLOAD_BYTES}`,
    `jetstream { store_dir: ${JSON.stringify(join(folder, "store"))}, max_file_store: ${MAX_STORE_BYTES} }`,
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const monitoringUrl = `http://127.0.0.1:${monitoring}`;
  const program: Program = {
    name: "nats",
    command,
    args: ["-c", config],
    variables: { PATH: process.env["PATH"] },
    logFile,
    isReady: async () => (await fetch(`${monitoringUrl}/healthz`)).ok,
  };
  return { program, url: `nats://127.0.0.1:${port}`, monitoringUrl };
};
