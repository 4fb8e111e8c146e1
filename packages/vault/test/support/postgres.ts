import type { PostgresOptions, PostgresServer, S3Server } from "@safar/testing/servers";
import { postgresMissing, startPostgres, startS3 } from "@safar/testing/servers";
import type { Vault } from "../../src/index.ts";
import { openPostgresVault, type PostgresVaultOptions } from "../../src/postgres/index.ts";
import { createTestEnvironment } from "./environment.ts";
import { MASTER_KEY } from "./vault.ts";

interface Teardown {
  teardown(work: () => Promise<void>): void;
}

export const skip = postgresMissing();

export interface Servers {
  readonly postgres: PostgresServer;
  readonly s3: S3Server;
}

/** One of each for a whole file of tests. */
export const startServers = async (t: Teardown, options: PostgresOptions = {}): Promise<Servers> => ({
  postgres: await startPostgres(t, options),
  s3: await startS3(t),
});

/** Where a vault is: a database of its own, and a part of the bucket of its own. */
export interface Place {
  readonly url: string;
  readonly filesUrl: string;
}

let places = 0;

export const newPlace = async ({ postgres, s3 }: Servers): Promise<Place> => ({
  url: await postgres.createDatabase(),
  filesUrl: s3.url.replace("?", `/place-${(places += 1)}?`),
});

/** Opens a vault, closed after the test. */
export const openAt = async (
  t: Teardown,
  place: Place,
  options: Partial<PostgresVaultOptions> = {},
): Promise<Vault> => {
  const environment = createTestEnvironment();
  const vault = await openPostgresVault({ ...place, masterKey: MASTER_KEY, environment, ...options });
  t.teardown(() => vault.close());
  return vault;
};

/** One vault of two that are open at once: each call goes to the other one, as a balancer would send it. */
export const takingTurns = (first: Vault, second: Vault): Vault => {
  let calls = 0;
  const next = (): Vault => (calls++ % 2 === 0 ? first : second);
  return {
    findOrCreatePerson: (pinfl) => next().findOrCreatePerson(pinfl),
    indexPerson: (personId, entries) => next().indexPerson(personId, entries),
    findPersons: (query, page) => next().findPersons(query, page),
    keyOf: (subject) => next().keyOf(subject),
    findKey: (subject) => next().findKey(subject),
    destroyKey: (subject) => next().destroyKey(subject),
    erasureList: () => next().erasureList(),
    applyErasures: (erasures) => next().applyErasures(erasures),
    requestHash: (canonicalBody) => next().requestHash(canonicalBody),
    files: {
      write: (subject, name, bytes) => next().files.write(subject, name, bytes),
      read: (subject, name) => next().files.read(subject, name),
      has: (name) => next().files.has(name),
      remove: (name) => next().files.remove(name),
      check: () => next().files.check(),
    },
    async close() {
      await Promise.all([first.close(), second.close()]);
    },
  };
};
