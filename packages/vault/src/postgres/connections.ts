import { Client, Pool, type ClientConfig, type QueryResultRow } from "pg";
import { VaultNotOpened, VaultUnavailable } from "../port.ts";
import { unavailable, whyNotOpened } from "./failures.ts";
import { MAX_CONNECTIONS, MAX_WAITING_CALLS, MIN_CONNECTIONS, VACUUM_LIMIT } from "./limits.ts";

/** One statement with its parameters; the rows it gives. */
export type Ask = (sql: string, values?: readonly unknown[]) => Promise<readonly QueryResultRow[]>;

export interface Connections {
  /** One statement, a transaction of its own. @throws VaultUnavailable */
  readonly ask: Ask;
  /** All that is asked within, or nothing. @throws VaultUnavailable; what the work throws of ours */
  transaction<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result>;
  /** As `transaction`, telling what an operator has to mend. @throws VaultNotOpened, VaultUnavailable */
  opening<Result>(work: (ask: Ask) => Promise<Result>): Promise<Result>;
  /** One statement outside any transaction that may take long, on a connection of its own. */
  askAtLength(sql: string): Promise<void>;
  /** Once the calls under way have ended. */
  close(): Promise<void>;
}

interface Session {
  query(sql: string, values: unknown[]): Promise<{ readonly rows: readonly QueryResultRow[] }>;
}

/** Takes each failure of the database, for an operator. */
export type Tell = (failure: VaultUnavailable) => void;

/** A pool whose connections are replaced when they break, and a bounded number of calls that wait for one. */
export const openConnections = (config: ClientConfig, tell: Tell = () => undefined): Connections => {
  const pool = new Pool({ ...config, max: MAX_CONNECTIONS, min: MIN_CONNECTIONS });
  // A connection that breaks while nobody uses it leaves the pool by itself; without a listener it would end us.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  let calls = 0;
  let closed: Promise<void> | undefined;
  const toldUnavailable = (error: unknown): VaultUnavailable => {
    const failure = unavailable(error);
    tell(failure);
    return failure;
  };

  const using = async <Result>(work: (ask: Ask) => Promise<Result>): Promise<Result> => {
    if (closed) throw new VaultUnavailable("closed", "the vault is closed");
    if (calls >= MAX_WAITING_CALLS) {
      throw new VaultUnavailable("queue-full", `${MAX_WAITING_CALLS} calls wait for the vault's database`);
    }
    calls += 1;
    try {
      const client = await pool.connect();
      // Whatever fails costs the connection, and with it what the server has not committed.
      let broken = true;
      try {
        const result = await work(askThrough(client));
        broken = false;
        return result;
      } finally {
        client.release(broken);
      }
    } finally {
      calls -= 1;
    }
  };

  return {
    ask: (sql, values) => told(toldUnavailable, () => using((ask) => ask(sql, values))),
    transaction: (work) => told(toldUnavailable, () => using((ask) => within(ask, work))),
    opening: (work) => told(whyNotOpened, () => using((ask) => within(ask, work))),
    askAtLength: (sql) => told(toldUnavailable, () => askAtLength(config, sql)),
    close: () => (closed ??= pool.end()),
  };
};

const askThrough =
  (session: Session): Ask =>
  async (sql, values = []) =>
    (await session.query(sql, [...values])).rows;

const within = async <Result>(ask: Ask, work: (ask: Ask) => Promise<Result>): Promise<Result> => {
  await ask("BEGIN");
  const result = await work(ask);
  await ask("COMMIT");
  return result;
};

/** Errors of ours pass; those of the database or its library become ours. */
const told = async <Result>(describe: (error: unknown) => Error, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultUnavailable || error instanceof VaultNotOpened) throw error;
    throw describe(error);
  }
};

const askAtLength = async (config: ClientConfig, sql: string): Promise<void> => {
  const client = new Client({ ...config, query_timeout: VACUUM_LIMIT });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("SELECT set_config('statement_timeout', $1, false)", [String(VACUUM_LIMIT)]);
    await client.query(sql);
  } finally {
    // Not waited for: the statement has ended, and a server that vanished would hold up the caller for minutes.
    void client.end().catch(() => undefined);
  }
};
