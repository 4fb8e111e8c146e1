import type { Environment } from "@safar/kernel";
import type { Settings } from "@safar/service-kit";
import { NotDone } from "@safar/service-kit/command-line";
import { services } from "./services.ts";

/** By this name the relay is connected to NATS; so it has the right to ask who else is. */
const RELAY = "relay";
/** Where a broker has one account for all, others may be connected too: of them it is not asked that they stop. */
const OURS: ReadonlySet<string> = new Set([RELAY, "safar", ...services.map(({ name }) => name)]);

interface Running {
  readonly name: string;
  /** `vault from 10.0.0.7` */
  readonly where: string;
}

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const untold = (server: string, reason: string): NotDone =>
  new NotDone(`${server} does not tell who is connected: ${reason}. Unset it to go on unchecked.`);

/** Services have the vault open: each process keeps a session there. */
const usersOfVault = async (url: string): Promise<readonly Running[]> => {
  const { vaultSessions } = await import("@safar/vault/postgres");
  const sessions = await vaultSessions(url).catch((error: unknown) => {
    throw untold("The vault at VAULT_URL", why(error));
  });
  return sessions.map(({ name, address }) => ({
    name: name || "a process",
    where: address === undefined ? "vault" : `vault from ${address}`,
  }));
};

/** The relay has no vault, and is connected to NATS. */
const usersOfNats = async (url: string, settings: Settings, environment: Environment): Promise<readonly Running[]> => {
  const { NATS_CREDS_FILE: credsFile, NATS_CA_FILE: caFile } = settings;
  const { NATS_CERT_FILE: certFile, NATS_KEY_FILE: keyFile } = settings;
  const { connectedUsers } = await import("@safar/event-bus/jetstream");
  const given = { credsFile, caFile, certFile, keyFile };
  const set = Object.fromEntries(Object.entries(given).filter(([, file]) => file !== undefined));
  const found = await connectedUsers({ url, name: RELAY, ...set, environment }).catch((error: unknown) => {
    throw untold("NATS at NATS_URL", why(error));
  });
  if (!found) throw untold("NATS at NATS_URL", "it takes the relay's credentials, and accounts.conf of this release");
  return found
    .filter(({ name }) => OURS.has(name))
    .map(({ name, address }) => ({ name, where: `NATS from ${address}` }));
};

const said = (running: readonly Running[]): string =>
  [...Map.groupBy(running, ({ name }) => name)]
    .map(([name, alike]) => `${name} (${[...new Set(alike.map(({ where }) => where))].join(", ")})`)
    .join("; ");

/**
 * Services and relay, as far as the settings name a server that knows who is connected to it; EventStoreDB itself has
 * no list of its clients.
 * @throws NotDone with the names of those who run
 * @returns who was not looked for, and why
 */
export const requireStopped = async (settings: Settings, environment: Environment): Promise<readonly string[]> => {
  const { VAULT_URL: vault, NATS_URL: nats } = settings;
  const running = [
    ...(vault === undefined ? [] : await usersOfVault(vault)),
    ...(nats === undefined ? [] : await usersOfNats(nats, settings, environment)),
  ];
  if (running.length > 0) throw new NotDone(`Stop every service and relay first; these run: ${said(running)}.`);
  return [
    ...(vault === undefined ? ["services (VAULT_URL is not set)"] : []),
    ...(nats === undefined ? ["the relay (NATS_URL is not set)"] : []),
  ];
};
