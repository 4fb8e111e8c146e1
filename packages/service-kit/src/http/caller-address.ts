import type { IncomingMessage } from "node:http";

/**
 * Whose address a request comes from, past so many proxies of ours, each of which has put the address of whoever spoke
 * to it behind the others in `X-Forwarded-For`. What stands before those was written by the caller and counts for
 * nothing.
 */
export const callerAddress = ({ headers, socket }: IncomingMessage, proxies: number): string => {
  const told = headers["x-forwarded-for"];
  const chain = [told ?? []].flat().flatMap((each) => each.split(",").map((address) => address.trim()));
  chain.push(socket.remoteAddress ?? "");
  return chain[Math.max(chain.length - 1 - proxies, 0)] ?? "";
};
