import { openConnections } from "./connections.ts";
import { databaseConfig, SESSION_NAME } from "./address.ts";
import { text } from "../columns.ts";

/** Who has a vault open, as its sessions tell it. */
export interface VaultSession {
  /** The service; empty where it gave no name. */
  readonly name: string;
  /** From where it is connected; undefined where the database does not tell. */
  readonly address: string | undefined;
}

const SESSIONS = `SELECT DISTINCT application_name AS name, coalesce(host(client_addr), '') AS address
  FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
  AND starts_with(application_name, $1) ORDER BY name, address`;

/**
 * Every process that has the vault at an address open, this one left out: each keeps a session. A machine that died
 * leaves its sessions behind until the server notices. @throws VaultNotOpened, VaultUnavailable
 */
export const vaultSessions = async (url: string): Promise<readonly VaultSession[]> => {
  const connections = openConnections(databaseConfig(url));
  try {
    const rows = await connections.ask(SESSIONS, [SESSION_NAME]);
    return rows.map(({ name, address }) => ({
      name: text(name).slice(SESSION_NAME.length).trim(),
      address: text(address) || undefined,
    }));
  } finally {
    await connections.close();
  }
};
