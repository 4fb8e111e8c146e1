/**
 * The connection string, looked at before the client sees it: the client prints the whole string, password included,
 * where an option is unknown to it, and throws errors that hold it.
 */
export interface Address {
  /**
   * The string as the client takes it, never to be logged. Each number gives a keepalive that is one millisecond
   * longer: gRPC shares a connection, a hanging one too, among all clients of a process that are set up alike.
   */
  url(number: number): string;
  /** Nodes and options, without user and password. */
  readonly shown: string;
  /** The text without anything of the credentials. */
  redact(text: string): string;
}

/**
 * What may be set. Left out on purpose: `throwOnAppendFailure` (the revision in such a failure is wrong),
 * `nodePreference` (reads are the leader's), `tlsVerifyCert` (the client ignores it), `defaultDeadline` (ours holds).
 */
const OPTIONS = [
  "tls",
  "tlsCAFile",
  "userCertFile",
  "userKeyFile",
  "connectionName",
  "maxDiscoverAttempts",
  "discoveryInterval",
  "gossipTimeout",
  "keepAliveInterval",
  "keepAliveTimeout",
];

const flat = (name: string): string => name.trim().toLowerCase().replaceAll(/[_-]/g, "");
const known = new Set(OPTIONS.map(flat));

/** By these alone who only follows the log notices that a connection hangs: within the sum of both. */
const KEEPALIVE_OPTIONS = ["keepaliveinterval", "keepalivetimeout"];
const MAX_KEEPALIVE_MILLISECONDS = 60_000;

/** The client would take -1 for "never", and a follower of a connection that hangs would wait for ever. */
const checkKeepalive = (name: string, value: string): void => {
  if (/^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= MAX_KEEPALIVE_MILLISECONDS) return;
  throw new TypeError(
    `the option "${name}" in the address of EventStoreDB is from 1 to ${MAX_KEEPALIVE_MILLISECONDS} milliseconds`,
  );
};

const SHAPE =
  /^(?<scheme>esdb(?:\+discover)?):\/\/(?:(?<user>[^:@/?]+):(?<password>[^@/?]+)@)?(?<nodes>[^@/?]+)\/?(?:\?(?<options>.*))?$/;

/** @throws TypeError for what is no connection string of EventStoreDB; the message holds no part of the credentials. */
export const readAddress = (given: string): Address => {
  const { scheme, user, password, nodes, options } = SHAPE.exec(given.trim())?.groups ?? {};
  if (scheme === undefined || nodes === undefined) {
    throw new TypeError(
      "the address of EventStoreDB is esdb://[user:password@]host:port[,host:port][?tls=…], or esdb+discover://…; " +
        "user and password are percent-encoded",
    );
  }
  for (const option of options?.split("&") ?? []) {
    const [name = "", value = ""] = option.split("=");
    if (!known.has(flat(name))) {
      throw new TypeError(`the address of EventStoreDB has the option "${name}"; possible are ${OPTIONS.join(", ")}`);
    }
    if (value === "") throw new TypeError(`the option "${name}" in the address of EventStoreDB has no value`);
    if (KEEPALIVE_OPTIONS.includes(flat(name))) checkKeepalive(name, value);
  }
  const secrets = secretsOf(user, password);
  return {
    url: (number) => withKeepalive(given.trim(), number % KEEPALIVES),
    shown: `${scheme}://${nodes}`,
    redact: (text) => secrets.reduce((left, secret) => left.replaceAll(secret, "…"), text),
  };
};

/** The client's own default. */
const KEEPALIVE_MILLISECONDS = 10_000;
/** Clients told apart: a connection that nobody uses is closed long before so many were opened. */
const KEEPALIVES = 1_000;

const withKeepalive = (url: string, more: number): string => {
  const given = /(?<=[?&])keep[_-]?alive[_-]?interval=(\d+)/i.exec(url);
  const option = `keepAliveInterval=${Number(given?.[1] ?? KEEPALIVE_MILLISECONDS) + more}`;
  if (given !== null) return url.replace(given[0], option);
  return `${url}${url.includes("?") ? "&" : "?"}${option}`;
};

/** Each form in which the password could stand in a message, the longest first. */
const secretsOf = (user: string | undefined, password: string | undefined): readonly string[] => {
  if (user === undefined || password === undefined) return [];
  const [plainUser, plain] = [decoded(user), decoded(password)];
  const basic = Buffer.from(`${plainUser}:${plain}`).toString("base64");
  return [basic, `${user}:${password}`, `${plainUser}:${plain}`, password, plain].filter((secret) => secret !== "");
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new TypeError("user and password in the address of EventStoreDB have to be percent-encoded");
  }
};
