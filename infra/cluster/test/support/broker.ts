import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Test } from "tap";
import { connect, headers as createHeaders } from "nats";
import { realEnvironment } from "@safar/service-kit";
import { temporaryFolder } from "@safar/single-node/test-support";
import { natsProcess } from "@safar/testing/servers";
import { freePorts } from "../../src/launcher/listening.ts";

const SUBJECT = "safar.events.registration.CandidateRegistered.1726._.3";
/** What a message that is none of the relay's says of its event. */
export const FOREIGN_ID = "foreign";

/** A nats-server of the test's own, whose data folder it may take away. */
export interface Broker {
  readonly url: string;
  readonly monitoringUrl: string;
  /** Killed, its data folder deleted, and started again. */
  wipe(): Promise<void>;
  /** A message in the stream that is none of the relay's, from somebody who has every right; waits for the stream. */
  putForeign(headers?: Readonly<Record<string, string>>): Promise<void>;
}

export const startBroker = async (t: Test): Promise<Broker> => {
  const folder = await temporaryFolder(t);
  const [port, monitoring] = await freePorts(2);
  const [config, store] = [join(folder, "nats.conf"), join(folder, "store")];
  const lines = [
    `listen: "127.0.0.1:${port}"`,
    `http: "127.0.0.1:${monitoring}"`,
    "max_payload: 4MB",
    `jetstream { store_dir: ${JSON.stringify(store)}, max_file_store: 1000000000 }`,
  ];
  await writeFile(config, `${lines.join("\n")}\n`);
  const server = natsProcess(config);
  await server.start();
  t.teardown(() => server.kill());
  const url = `nats://127.0.0.1:${port}`;
  return {
    url,
    monitoringUrl: `http://127.0.0.1:${monitoring}`,
    async wipe() {
      await server.kill();
      await rm(store, { recursive: true });
      await server.start();
    },
    async putForeign(given = {}) {
      const nats = await connect({ servers: url });
      const headers = createHeaders();
      headers.set("ce-id", FOREIGN_ID);
      for (const [name, value] of Object.entries(given)) headers.set(name, value);
      const isIn = () =>
        nats
          .jetstream()
          .publish(SUBJECT, "forged", { headers })
          .then(Boolean, () => false);
      while (!(await isIn())) await realEnvironment().timers.sleep(20);
      await nats.close();
    },
  };
};
