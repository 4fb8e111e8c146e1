import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { ClientConfig } from "pg";
import { parseIntoClientConfig } from "pg-connection-string";
import { VaultNotOpened } from "../port.ts";
import { ANSWER_LIMIT, CONNECTION_LIMIT, IDLE_TRANSACTION_LIMIT, KEEP_ALIVE_AFTER, STATEMENT_LIMIT } from "./limits.ts";

/**
 * Addresses as an operator gives them. They hold secrets: no message repeats one, nor has as its cause an error that
 * does.
 */

const refused = (message: string): VaultNotOpened => new VaultNotOpened("refused", message);

const parseUrl = (text: string, setting: string, ...protocols: readonly string[]): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !protocols.includes(url.protocol) || url.hostname === "") {
    throw refused(`${setting} is no address that begins with ${protocols.map((name) => `${name}//`).join(" or ")}`);
  }
  return url;
};

/** Every session of ours is called so; behind it stands who it belongs to. */
export const SESSION_NAME = "safar vault";

/** What a session of ours is like, whatever the server, the database or the role says otherwise. */
const SESSION = [
  "synchronous_commit=on",
  `statement_timeout=${STATEMENT_LIMIT}`,
  `lock_timeout=${STATEMENT_LIMIT}`,
  `idle_in_transaction_session_timeout=${IDLE_TRANSACTION_LIMIT}`,
  "default_transaction_isolation=read\\ committed",
]
  .map((setting) => `-c ${setting}`)
  .join(" ");

/**
 * `postgres://user:password@host:5432/database?sslmode=verify-full&sslrootcert=…`. Instead of the password in it,
 * `passwordFile=…` names a file that is read at every new connection, so that a new password needs no restart.
 * @param name who opens it: the service
 * @throws VaultNotOpened
 */
export const databaseConfig = (address: string, name = ""): ClientConfig => {
  const url = parseUrl(address, "VAULT_URL", "postgres:", "postgresql:");
  const passwordFile = url.searchParams.get("passwordFile");
  url.searchParams.delete("passwordFile");
  const given = withoutItsErrors(() => parseIntoClientConfig(url.href));
  return {
    ...given,
    ...(passwordFile === null ? {} : { password: async () => (await readFile(passwordFile, "utf8")).trim() }),
    options: [given.options ?? "", SESSION].join(" ").trim(),
    application_name: `${SESSION_NAME} ${name}`.trim(),
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    connectionTimeoutMillis: CONNECTION_LIMIT,
    query_timeout: ANSWER_LIMIT,
  };
};

const withoutItsErrors = (parse: () => ClientConfig): ClientConfig => {
  try {
    return parse();
  } catch (error) {
    const missing = error instanceof Error && "path" in error ? `: there is no file ${String(error.path)}` : "";
    throw refused(`VAULT_URL cannot be read${missing}`);
  }
};

export interface FilesAddress {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every object's name: empty, or ends with a slash. */
  readonly prefix: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const CREDENTIALS = /^([^:\s]+):(\S+)$/;
const PLACE = /^\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/([A-Za-z0-9._/-]*))?$/;

/**
 * `https://KEY:SECRET@host:9000/bucket/prefix?region=…`. Instead of the credentials in it, `credentialsFile=…` names a
 * file of one line, `KEY:SECRET`. Special characters of a secret within the address are percent-encoded.
 * @throws VaultNotOpened
 */
export const filesAddress = (address: string): FilesAddress => {
  const url = parseUrl(address, "FILES_URL", "https:", "http:");
  const [, bucket, prefix = ""] = PLACE.exec(url.pathname) ?? [];
  if (bucket === undefined)
    throw refused("FILES_URL names no bucket: https://host/bucket or https://host/bucket/prefix");
  const [, accessKeyId, secretAccessKey] = CREDENTIALS.exec(credentialsOf(url)) ?? [];
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    throw refused("FILES_URL has no credentials: https://KEY:SECRET@host/bucket, or ?credentialsFile= with KEY:SECRET");
  }
  return {
    endpoint: url.origin,
    region: url.searchParams.get("region") ?? "us-east-1",
    bucket,
    prefix: prefix === "" || prefix.endsWith("/") ? prefix : `${prefix}/`,
    credentials: { accessKeyId, secretAccessKey },
  };
};

const credentialsOf = (url: URL): string => {
  const file = url.searchParams.get("credentialsFile");
  try {
    if (file !== null) return readFileSync(file, "utf8").trim();
    return `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  } catch {
    throw refused(file === null ? "FILES_URL cannot be read" : `FILES_URL: the file ${file} cannot be read`);
  }
};
