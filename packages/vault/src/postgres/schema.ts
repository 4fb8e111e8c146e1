import type { Ask } from "./connections.ts";
import type { Secrets } from "../own-keys.ts";
import { blob, integer, text } from "../columns.ts";
import { VaultNotOpened } from "../port.ts";

/** Version of the tables below. A newer one is not opened; an older one will be brought up here. */
const DATA_VERSION = 1;

/** So that of many processes that start at once one makes the tables. Any number; it is the vault's alone. */
const SCHEMA_LOCK = 7_226_031_904_417;

/**
 * A row of subject_keys is never deleted: a subject has a key, or was erased, for ever. What is erased leaves dead rows
 * behind, so autovacuum comes after every one of them, not after a share of the table.
 * `loose_objects` are what the file store may hold although no file names it: uploads under way (until
 * `written_until`), and what was replaced, removed or erased. Each is removed once `removable_at` is past.
 */
const SCHEMA = [
  "CREATE SCHEMA IF NOT EXISTS safar_vault",
  "CREATE TABLE safar_vault.about (version integer NOT NULL, moving boolean NOT NULL)",
  "CREATE TABLE safar_vault.secrets (name text PRIMARY KEY, value bytea NOT NULL)",
  `CREATE TABLE safar_vault.subject_keys (
    subject text COLLATE "C" PRIMARY KEY, wrapped bytea, destroyed_at bigint,
    CHECK ((wrapped IS NULL) <> (destroyed_at IS NULL))
  ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0)`,
  `CREATE INDEX subject_keys_destroyed ON safar_vault.subject_keys (destroyed_at, subject)
    WHERE destroyed_at IS NOT NULL`,
  `CREATE TABLE safar_vault.pinfls (tag bytea PRIMARY KEY, person uuid NOT NULL)
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 0)`,
  "CREATE INDEX pinfls_by_person ON safar_vault.pinfls (person)",
  `CREATE TABLE safar_vault.person_tags (tag bytea NOT NULL, person uuid NOT NULL, PRIMARY KEY (tag, person))
    WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)`,
  "CREATE INDEX person_tags_by_person ON safar_vault.person_tags (person)",
  `CREATE TABLE safar_vault.files (
    name text COLLATE "C" PRIMARY KEY, subject text COLLATE "C" NOT NULL, object text NOT NULL UNIQUE
  )`,
  "CREATE INDEX files_by_subject ON safar_vault.files (subject)",
  `CREATE TABLE safar_vault.loose_objects (
    object text PRIMARY KEY, subject text COLLATE "C" NOT NULL,
    removable_at timestamptz NOT NULL, written_until timestamptz
  )`,
  "CREATE INDEX loose_objects_by_time ON safar_vault.loose_objects (removable_at)",
  "CREATE INDEX loose_objects_by_subject ON safar_vault.loose_objects (subject)",
];

/** What a database holds when it is opened. */
export interface Found {
  readonly secrets: Secrets;
  /** An embedded vault is being moved here, and is not here whole. */
  readonly moving: boolean;
  readonly created: boolean;
}

/**
 * Makes the tables where there are none. Within a transaction, which excludes all others that open the same database.
 * @throws VaultNotOpened for a newer version, or some other program's database
 */
export const prepareSchema = async (ask: Ask, fresh: { secrets: Secrets; moving: boolean }): Promise<Found> => {
  await ask("SELECT pg_advisory_xact_lock($1)", [SCHEMA_LOCK]);
  const created = !(await isVault(ask));
  if (created) await createTables(ask, fresh.secrets, fresh.moving);
  const [about] = await ask("SELECT version, moving FROM safar_vault.about");
  if (!about) throw new VaultNotOpened("damaged", "the vault's database has lost its version; restore a backup");
  const version = integer(about["version"]);
  if (version > DATA_VERSION) {
    const versions = `data version ${version}; this one knows ${DATA_VERSION}`;
    throw new VaultNotOpened("newer-version", `the vault's database was written by a newer Safar (${versions})`);
  }
  return { secrets: await readSecrets(ask), moving: about["moving"] === true, created };
};

/** @throws VaultNotOpened for tables of somebody else */
export const isVault = async (ask: Ask): Promise<boolean> => {
  const [ours] = await ask("SELECT to_regclass('safar_vault.about') IS NOT NULL AS there");
  if (ours?.["there"] === true) return true;
  const [others] = await ask(
    `SELECT count(*)::integer AS tables FROM pg_catalog.pg_class JOIN pg_catalog.pg_namespace AS schema
      ON schema.oid = relnamespace WHERE relkind IN ('r', 'p', 'f')
      AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'`,
  );
  if (integer(others?.["tables"]) === 0) return false;
  throw new VaultNotOpened(
    "not-a-vault",
    "the database of VAULT_URL holds tables of something else; a vault takes a database of its own",
  );
};

const createTables = async (ask: Ask, secrets: Secrets, moving: boolean): Promise<void> => {
  for (const statement of SCHEMA) await ask(statement);
  await ask("INSERT INTO safar_vault.about (version, moving) VALUES ($1, $2)", [DATA_VERSION, moving]);
  await ask("INSERT INTO safar_vault.secrets (name, value) VALUES ($1, $2), ($3, $4), ($5, $6)", [
    "master-key-check",
    secrets.check,
    "index-key",
    secrets.indexKey,
    "request-key",
    secrets.requestKey,
  ]);
};

/** @throws VaultNotOpened where one is lost */
export const readSecrets = async (ask: Ask): Promise<Secrets> => {
  const rows = await ask("SELECT name, value FROM safar_vault.secrets");
  const secret = (name: string): Uint8Array => {
    const row = rows.find((candidate) => text(candidate["name"]) === name);
    if (!row) throw new VaultNotOpened("damaged", `the vault's database has lost its ${name}; restore a backup`);
    return blob(row["value"]);
  };
  return { check: secret("master-key-check"), indexKey: secret("index-key"), requestKey: secret("request-key") };
};
