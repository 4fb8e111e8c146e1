import { copyFileSync, mkdirSync, readFileSync, existsSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { nkeys } from "nats";
import { accountsConfig, RELAY, serviceUser, subscriberUser, type NatsUser } from "./accounts.ts";
import { makeAuthority, makeCertificate } from "./certificates.ts";
import { hostOf, siteConfig, type SiteConfig } from "./site-config.ts";

/** All that a NATS server of one's own needs, in one folder. */
export interface Site {
  /** For `nats-server -c`. */
  readonly config: string;
  readonly caFile: string;
  /** Files with which a user connects. */
  filesOf(user: string): { readonly credsFile: string; readonly certFile: string; readonly keyFile: string };
}

export interface SiteOptions extends SiteConfig {
  readonly folder: string;
  readonly services: readonly string[];
  /** Names of subscribers outside. */
  readonly subscribers: readonly string[];
  /** Names and addresses under which clients reach the server. */
  readonly hosts: readonly string[];
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

const NAME = /^[a-z][a-z0-9-]*$/;

/** @throws where a name would give a subscriber what is another's, or more than one durable */
const usersOf = ({ services, subscribers }: SiteOptions): readonly NatsUser[] => {
  const users = [...services.map(serviceUser), ...subscribers.map(subscriberUser)];
  const taken = new Set([RELAY, "server", "ca", ...services.flatMap((service) => serviceUser(service).durables)]);
  for (const { name } of users) {
    if (!NAME.test(name)) throw new Error(`${JSON.stringify(name)} is no name: small letters, digits and hyphens`);
    if (taken.has(name)) throw new Error(`the name ${name} is taken already: choose another`);
    taken.add(name);
  }
  return users;
};

/** Makes keys, certificates and configuration; what is there already stays, so that it may be run again. */
export const makeSite = (options: SiteOptions): Site => {
  const users = usersOf(options);
  const folder = resolve(options.folder);
  const seen = options.server ?? { folder, store: join(folder, "store") };
  const [creds, tls] = [join(folder, "creds"), join(folder, "tls")];
  mkdirSync(creds, { recursive: true, mode: 0o700 });

  const caFile = makeAuthority(tls);
  makeCertificate(tls, "server", [...new Set([...options.hosts, ...(options.cluster?.routes ?? []).map(hostOf)])]);
  for (const name of [RELAY, ...users.map(({ name }) => name)]) makeCertificate(tls, name, []);
  writeFileSync(join(folder, "site.conf"), siteConfig(options, seen));
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
