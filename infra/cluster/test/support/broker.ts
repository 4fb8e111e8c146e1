import { cp, rm, writeFile } from "node:fs/promises";
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

/** More than any test here fills. */
export const ROOM_BYTES = 1_000_000_000;

/** A nats-server of the test's own, whose data folder it may take away. */
export interface Broker {
  readonly url: string;
  readonly monitoringUrl: string;
  /** Killed, its data folder deleted, and started again. */
  wipe(): Promise<void>;
  /** Keeps what it holds now: killed for that, and started again. @returns puts it back, in the same way */
  keep(): Promise<() => Promise<void>>;
  /** Killed, and started again with room for so many bytes. */
  restart(maxFileStore: number): Promise<void>;
  /** A message in the stream that is none of the relay's, from somebody who has every right; waits for the stream. */
  putForeign(headers?: Readonly<Record<string, string>>): Promise<void>;
}

export const startBroker = async (t: Test): Promise<Broker> => {
  const folder = await temporaryFolder(t);
  const [port, monitoring] = await freePorts(2);
  const [config, store] = [join(folder, "nats.conf"), join(folder, "store")];
  const configure = (maxFileStore: number): Promise<void> => {
    const lines = [
      `listen: "127.0.0.1:${port}"`,
      `http: "127.0.0.1:${monitoring}"`,
      "max_payload: 4MB",
      `jetstream { store_dir: ${JSON.stringify(store)}, max_file_store: ${maxFileStore} }`,
    ];
    return writeFile(config, `${lines.join("\n")}\n`);
  };
  await configure(ROOM_BYTES);
  const server = natsProcess(config);
  await server.start();
  t.teardown(() => server.kill());
  const url = `nats://127.0.0.1:${port}`;
  const whileDown = async (work: () => Promise<void>): Promise<void> => {
    await server.kill();
    await work();
    await server.start();
  };
  return {
    url,
    monitoringUrl: `http://127.0.0.1:${monitoring}`,
    wipe: () => whileDown(() => rm(store, { recursive: true })),
    async keep() {
      const copy = join(folder, "copy");
      await whileDown(() => cp(store, copy, { recursive: true }));
      return () =>
        whileDown(async () => {
          await rm(store, { recursive: true });
          await cp(copy, store, { recursive: true });
        });
    },
    restart: (maxFileStore) => whileDown(() => configure(maxFileStore)),
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
