import type { IncomingMessage } from "node:http";

/** What a proxy is sent: the whole address (RFC 9112, 3.2.2). */
const WHOLE_ADDRESS = /^https?:\/\/[^/?#]*/i;

/** Leaves of a whole address what every other caller sends. */
export const toOriginForm = (request: IncomingMessage): void => {
  const { url = "/" } = request;
  const own = url.replace(WHOLE_ADDRESS, "");
  request.url = own.startsWith("?") || own === "" ? `/${own}` : own;
};

/** As a service will read it, so that nobody finds a way round the gateway's own doors by writing them otherwise. */
export const pathOf = ({ url = "/" }: IncomingMessage): string => {
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};
