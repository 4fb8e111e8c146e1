import type { IncomingHttpHeaders, IncomingMessage } from "node:http";

/** Of one connection, and not of what goes over it (RFC 9110, 7.6.1; RFC 9112, 9). */
const OF_THE_CONNECTION = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "upgrade",
] as const;

/** Without them the end of a body is lost, and what follows would be taken for the next request of somebody else. */
const NEVER_TAKEN_AWAY: ReadonlySet<string> = new Set(["content-length", "transfer-encoding", "host"]);

/** Where a request came from, as anybody may write it: a service is told by the gateway (`forwardedHeaders`) alone. */
const isOfAnotherProxy = (name: string): boolean =>
  name === "forwarded" || name === "via" || name === "x-real-ip" || name.startsWith("x-forwarded-");

const namedBy = ({ connection = "" }: IncomingHttpHeaders): readonly string[] =>
  connection.split(",").map((name) => name.trim().toLowerCase());

/** Takes away what is meant for the gateway alone, and what only a proxy in front of it may say. */
export const cleanRequest = ({ headers }: IncomingMessage): void => {
  const own = [...OF_THE_CONNECTION, ...namedBy(headers), ...Object.keys(headers).filter(isOfAnotherProxy)];
  for (const name of own) if (!NEVER_TAKEN_AWAY.has(name)) Reflect.deleteProperty(headers, name);
};

/** Takes away what a service says of its connection with the gateway: how long that is kept is not the caller's matter. */
export const cleanAnswer = ({ headers }: IncomingMessage): void => {
  for (const name of OF_THE_CONNECTION) Reflect.deleteProperty(headers, name);
};

/** Any other upgrade is an offer that a server may leave (RFC 9110, 7.8): the request is answered as if it had none. */
export const isWebsocket = ({ method, headers }: IncomingMessage): boolean =>
  method === "GET" &&
  headers.upgrade?.toLowerCase() === "websocket" &&
  headers["content-length"] === undefined &&
  headers["transfer-encoding"] === undefined;
