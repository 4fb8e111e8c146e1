import type { IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";

/** As much as the headers of a request may be, and ten times a form: every open connection may hold so much. */
const MAX_HELD_BYTES = 16_384;

const lengthOf = ({ headers }: IncomingMessage): number =>
  headers["transfer-encoding"] === undefined ? Number(headers["content-length"] ?? 0) : Infinity;

/**
 * The whole body of a request that may be sent a second time though the first may have arrived: of a question, and of
 * a command with its key, which is answered alike however often it comes. Undefined: it may not, or its body is too
 * large to keep (a list), and goes through as it comes.
 */
export const holdBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const { method, headers } = request;
  const length = lengthOf(request);
  if (method === "GET" || method === "HEAD") return length === 0 ? Buffer.alloc(0) : undefined;
  if (method !== "POST" || headers["idempotency-key"] === undefined) return undefined;
  if (length === 0) return Buffer.alloc(0);
  const isForm = headers["content-type"]?.startsWith("application/json") === true;
  return isForm && length <= MAX_HELD_BYTES ? await buffer(request) : undefined;
};
