import type { IncomingHttpHeaders } from "node:http";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** What a proxy says of itself (RFC 7239, RFC 9110): behind one on this machine everybody comes from loopback. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "via"] as const;

/** Whether it is this machine itself that asks, and no proxy on it for somebody else. */
export const isFromThisMachine = (address: string | undefined, headers: IncomingHttpHeaders): boolean =>
  LOOPBACK.has(address ?? "") && PROXY_HEADERS.every((name) => headers[name] === undefined);
