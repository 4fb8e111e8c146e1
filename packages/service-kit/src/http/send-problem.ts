import type { FastifyReply, FastifyRequest } from "fastify";
import { AppendTooLarge, StoreOverloaded, StoreUnavailable, UnknownPosition } from "@safar/event-store";
import { say, type Language, type Sentence } from "@safar/contracts";
import { BadCursor } from "@safar/read-model";
import { KeyDestroyed, VaultUnavailable } from "@safar/vault";
import { FIELD_ERRORS } from "./field-errors.ts";
import { languageOf } from "./language.ts";
import { IMPORT_PROBLEMS } from "../imports/problems.ts";
import { KIT_PROBLEMS } from "./problems/kit-problems.ts";
import type { ProblemText } from "./problems/problem-text.ts";
import { ProblemError, type FieldError } from "./problem.ts";

/** Seconds a client waits before it repeats after a 503 that ends by itself. */
const RETRY_AFTER_SECONDS = 1;

/** Every problem there is: the kit's and each service's refusals, by code. */
export type ProblemCatalogue = ReadonlyMap<string, ProblemText>;

/** The first text of a code wins; the same code in two services says the same thing. */
export const catalogueOf = (refusals: readonly Readonly<Record<string, ProblemText>>[]): ProblemCatalogue => {
  const catalogue = new Map<string, ProblemText>([...Object.entries(KIT_PROBLEMS), ...Object.entries(IMPORT_PROBLEMS)]);
  for (const texts of refusals)
    for (const [code, text] of Object.entries(texts)) if (!catalogue.has(code)) catalogue.set(code, text);
  return catalogue;
};

const detailOf = (error: FieldError, language: Language): string => {
  if (typeof error.detail === "string") return error.detail;
  const sentence: Sentence | undefined = error.detail ?? FIELD_ERRORS[error.code];
  return sentence ? say(sentence, language, error.params) : error.code;
};

/** Brings whatever was thrown to a problem; what is nobody's fault but ours becomes `internal-error`. */
export const problemOf = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof StoreOverloaded)
    return new ProblemError("overloaded", { retryAfter: RETRY_AFTER_SECONDS, cause: error });
  if (error instanceof StoreUnavailable)
    return new ProblemError("log-unavailable", { retryAfter: RETRY_AFTER_SECONDS, cause: error });
  if (error instanceof VaultUnavailable)
    return new ProblemError("vault-unavailable", { retryAfter: RETRY_AFTER_SECONDS, cause: error });
  if (error instanceof BadCursor)
    return new ProblemError("invalid-request", { errors: [{ pointer: "/cursor", code: "invalid" }] });
  if (error instanceof UnknownPosition) return new ProblemError("position-unknown", { cause: error });
  if (error instanceof AppendTooLarge) return new ProblemError("append-too-large", { cause: error });
  if (error instanceof KeyDestroyed) return new ProblemError("person-erased", { cause: error });
  return new ProblemError("internal-error", { cause: error });
};

/** Problem details (RFC 9457) in the caller's language. */
export const problemDocument = (
  catalogue: ProblemCatalogue,
  problem: ProblemError,
  language: Language,
  traceId: string,
): { readonly status: number; readonly document: object } => {
  const text = catalogue.get(problem.code) ?? KIT_PROBLEMS["internal-error"];
  const errors = problem.errors.map((error) => ({
    pointer: error.pointer,
    code: error.code,
    detail: detailOf(error, language),
  }));
  const document = {
    type: `/problems/${problem.code}`,
    code: problem.code,
    title: say(text.title, language, problem.params),
    status: text.status,
    detail: say(text.detail, language, problem.params),
    ...(errors.length > 0 ? { errors } : {}),
    traceId,
  };
  return { status: text.status, document };
};

/** A problem that is told otherwise than as an answer (in the live stream), by the same words. */
export const tellProblem = (
  refusals: Readonly<Record<string, ProblemText>>,
  problem: ProblemError,
  acceptLanguage: string | undefined,
  traceId: string,
): object => problemDocument(catalogueOf([refusals]), problem, languageOf(acceptLanguage), traceId).document;

export const sendProblem = (
  catalogue: ProblemCatalogue,
  request: FastifyRequest,
  reply: FastifyReply,
  error: unknown,
): FastifyReply => {
  const problem = problemOf(error);
  const language = languageOf(request.headers["accept-language"]);
  const { status, document } = problemDocument(catalogue, problem, language, request.id);
  if (problem.code === "internal-error") request.log.error({ err: problem.cause ?? problem }, "unexpected error");
  if (status === 401) void reply.header("www-authenticate", "Bearer");
  const retryAfter = problem.retryAfter ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
  if (retryAfter !== undefined) void reply.header("retry-after", String(retryAfter));
  return reply
    .status(status)
    .header("content-language", language)
    .header("cache-control", "no-store")
    .type("application/problem+json; charset=utf-8")
    .send(JSON.stringify(document));
};
