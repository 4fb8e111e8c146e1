import type { IncomingMessage } from "node:http";

/**
 * What a service is told of a request that was passed on: that it is not the machine itself that asks (RFC 9110, 7.6.3),
 * and who spoke to the gateway, behind whatever the caller or a proxy said of those before it.
 */
export const forwardedHeaders = ({ headers, socket }: IncomingMessage): Readonly<Record<string, string>> => ({
  via: "1.1 safar-gateway",
  "x-forwarded-for": [headers["x-forwarded-for"] ?? [], socket.remoteAddress ?? "unknown"].flat().join(", "),
});
