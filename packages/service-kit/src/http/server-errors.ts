import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { malformedBody, type BODY_FAULTS } from "./body-faults.ts";
import { ProblemError } from "./problem.ts";
import { problemDocument, type ProblemCatalogue } from "./send-problem.ts";

/** What Fastify and its parser find wrong with a body; whatever else is a mistake in the JSON. */
const BODY_FAULT_OF: Readonly<Record<string, keyof typeof BODY_FAULTS>> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: "empty",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "length-differs",
};

/** Fastify's own errors, told as problems. */
export const translate = (error: unknown, expected: string): unknown => {
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  if (error instanceof ProblemError) return error;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new ProblemError("body-too-large");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return new ProblemError("unsupported-media-type", { params: { expected } });
  // An address that cannot be decoded, or is longer than any of ours, leads nowhere; it is never said back.
  if (code === "FST_ERR_BAD_URL" || code === "FST_ERR_MAX_PARAM_LENGTH") return new ProblemError("not-found");
  if (statusCode === 429) return new ProblemError("too-many-requests", { retryAfter: 1 });
  if (statusCode === 503) return new ProblemError("shutting-down", { retryAfter: 5 });
  if (statusCode === 400) return malformedBody(BODY_FAULT_OF[code ?? ""] ?? "not-json", error);
  return error;
};

/** What Node's parser could not make a request of; anything else it complains about is `request-unreadable`. */
const CODES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: "headers-too-large",
  ERR_HTTP_REQUEST_TIMEOUT: "request-too-slow",
};

const REASON_PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

/** Answers what is no request at all, so that this too is a problem; there is no header to take a language from. */
export const refuseUnreadable = (
  catalogue: ProblemCatalogue,
  error: NodeJS.ErrnoException,
  socket: Socket,
  traceId: string,
): void => {
  const { _httpMessage: answer } = socket as Socket & { readonly _httpMessage?: ServerResponse };
  if (error.code === "ECONNRESET" || !socket.writable || answer?.headersSent === true)
    return void socket.destroy(error);
  const problem = new ProblemError(CODES[error.code ?? ""] ?? "request-unreadable");
  const { status, document } = problemDocument(catalogue, problem, "en", traceId);
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? ""}`,
    "content-type: application/problem+json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
};
