import { readFileSync } from "node:fs";
import {
  credsAuthenticator,
  nkeyAuthenticator,
  type Authenticator,
  type ConnectionOptions,
  type TlsOptions,
} from "nats";
import { MAX_PINGS_OUT, PING_EVERY_MS, CONNECT_MS } from "../limits.ts";

/** Where NATS is and how it lets us in. */
export interface NatsSettings {
  /** `nats://127.0.0.1:4222`, or `tls://…`; several with commas. A user and password may stand before the `@`. */
  readonly url: string;
  /** A credentials file of a JWT and its seed, or a file with nothing but the seed of an nkey. */
  readonly credsFile?: string;
  /** Certificates of those who signed the server's. */
  readonly caFile?: string;
  /** The own certificate and key, where the server asks for one. */
  readonly certFile?: string;
  readonly keyFile?: string;
  /** Who connects: the name of the connection, and of its inbox: `_INBOX.<name>.…`, which nobody else may read. */
  readonly name: string;
  /** Before `.STREAM…` and `.CONSUMER…`, where JetStream's doors are imported from another account. */
  readonly apiPrefix?: string;
}

/** The prefix under which the account APP sees the doors of the account LOG (infra/nats). */
export const IMPORTED_API = "LOG.API";
export const OWN_API = "$JS.API";

export const inboxPrefixOf = (name: string): string => `_INBOX.${name}`;

const authenticatorOf = (file: string): Authenticator => {
  const text = readFileSync(file, "utf8");
  if (text.includes("BEGIN NATS USER JWT")) return credsAuthenticator(new TextEncoder().encode(text));
  const seed = text.trim();
  if (/^SU[A-Z2-7]{56}$/.test(seed)) return nkeyAuthenticator(new TextEncoder().encode(seed));
  throw new Error(`${file} holds neither NATS credentials nor the seed of a user's nkey`);
};

const tlsOf = ({ caFile, certFile, keyFile }: NatsSettings, isTls: boolean): TlsOptions | undefined => {
  if (!isTls && caFile === undefined) return undefined;
  if ((certFile === undefined) !== (keyFile === undefined))
    throw new Error("a certificate for NATS needs its key, and a key its certificate");
  return {
    ...(caFile !== undefined && { caFile }),
    ...(certFile !== undefined && { certFile }),
    ...(keyFile !== undefined && { keyFile }),
  };
};

/** @throws where the address or a file cannot be used */
export const connectionOptionsOf = (settings: NatsSettings): ConnectionOptions => {
  const addresses = settings.url.split(",").map((each) => each.trim());
  const urls = addresses.map((address) => {
    if (!URL.canParse(address)) throw new Error(`${JSON.stringify(address)} is no address of NATS`);
    return new URL(address);
  });
  const [first] = urls;
  const tls = tlsOf(
    settings,
    urls.some(({ protocol }) => protocol === "tls:"),
  );
  return {
    servers: urls.map(({ host }) => host),
    name: settings.name,
    inboxPrefix: inboxPrefixOf(settings.name),
    ...(first?.username && { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) }),
    ...(settings.credsFile !== undefined && { authenticator: authenticatorOf(settings.credsFile) }),
    ...(tls && { tls }),
    // For ever: used-up tries would end the connection without a word.
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    pingInterval: PING_EVERY_MS,
    maxPingOut: MAX_PINGS_OUT,
    timeout: CONNECT_MS,
    // Half of what a publish costs otherwise.
    noAsyncTraces: true,
  };
};
