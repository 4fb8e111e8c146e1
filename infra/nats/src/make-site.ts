import { copyFileSync, mkdirSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nkeys } from "nats";
import { accountsConfig, RELAY, serviceUser, subscriberUser } from "./accounts.ts";
import { makeAuthority, makeCertificate } from "./certificates.ts";

/** All that a NATS server of one's own needs, in one folder. */
export interface Site {
  /** For `nats-server -c`. */
  readonly config: string;
  readonly caFile: string;
  /** Files with which a user connects. */
  filesOf(user: string): { readonly credsFile: string; readonly certFile: string; readonly keyFile: string };
}

export interface SiteOptions {
  readonly folder: string;
  readonly services: readonly string[];
  /** Names of subscribers outside. */
  readonly subscribers: readonly string[];
  /** `127.0.0.1:4222` */
  readonly listen: string;
  /** Names and addresses under which clients reach the server. */
  readonly hosts: readonly string[];
  /** `10GB`: well below what the disk has. */
  readonly maxFileStore: string;
  /** Where the server itself sees the folder and keeps its data, where that is elsewhere: in a container. */
  readonly server?: { readonly folder: string; readonly store: string } | undefined;
}

/** Only the owner reads it. */
const SECRET = 0o600;

interface KeyPair {
  getSeed(): Uint8Array;
  getPublicKey(): string;
}

/** The client passes these on without their types. */
const { createUser, fromSeed } = nkeys as {
  readonly createUser: () => KeyPair;
  readonly fromSeed: (seed: Uint8Array) => KeyPair;
};

/** The seed lies in a file of its own; the server is only told the public key. */
const publicKeyOf = (file: string): string => {
  if (existsSync(file)) return fromSeed(readFileSync(file)).getPublicKey();
  const pair = createUser();
  writeFileSync(file, pair.getSeed(), { mode: SECRET });
  return pair.getPublicKey();
};

/** Makes keys, certificates and configuration; what is there already stays, so that it may be run again. */
export const makeSite = (options: SiteOptions): Site => {
  const { services, subscribers, listen, hosts, maxFileStore } = options;
  const folder = resolve(options.folder);
  const seen = options.server ?? { folder, store: join(folder, "store") };
  const [creds, tls] = [join(folder, "creds"), join(folder, "tls")];
  mkdirSync(creds, { recursive: true, mode: 0o700 });
  const users = [...services.map(serviceUser), ...subscribers.map(subscriberUser)];
  const names = [RELAY, ...users.map(({ name }) => name)];

  const caFile = makeAuthority(tls);
  makeCertificate(tls, "server", hosts);
  for (const name of names) makeCertificate(tls, name, []);
  const lines = [
    `SITE_LISTEN: ${JSON.stringify(listen)}`,
    `SITE_STORE: ${JSON.stringify(seen.store)}`,
    `SITE_MAX_FILE_STORE: ${maxFileStore}`,
    `SITE_TLS_CA: ${JSON.stringify(join(seen.folder, "tls", "ca.pem"))}`,
    `SITE_TLS_CERT: ${JSON.stringify(join(seen.folder, "tls", "server.pem"))}`,
    `SITE_TLS_KEY: ${JSON.stringify(join(seen.folder, "tls", "server-key.pem"))}`,
  ];
  writeFileSync(join(folder, "site.conf"), `${lines.join("\n")}\n`);
  writeFileSync(
    join(folder, "accounts.conf"),
    accountsConfig(users, (user) => publicKeyOf(join(creds, `${user}.nk`))),
  );
  copyFileSync(join(import.meta.dirname, "../nats.conf"), join(folder, "nats.conf"));
  return {
    config: join(folder, "nats.conf"),
    caFile,
    filesOf: (user) => ({
      credsFile: join(creds, `${user}.nk`),
      certFile: join(tls, `${user}.pem`),
      keyFile: join(tls, `${user}-key.pem`),
    }),
  };
};
