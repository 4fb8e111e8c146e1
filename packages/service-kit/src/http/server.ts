import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import websocket from "@fastify/websocket";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { jsonSchemaTransform, serializerCompiler } from "fastify-type-provider-zod";
import type { Kit } from "../runtime/kit.ts";
import { authenticate, type VerifyToken } from "./authenticate.ts";
import { ProblemError } from "./problem.ts";
import { problemPage } from "./problem-page.ts";
import { sendProblem, type ProblemCatalogue } from "./send-problem.ts";
import { languageOf } from "./language.ts";

/** A command takes milliseconds; whoever needs longer to send a small body is stuck or hostile. */
const REQUEST_TIMEOUT_MS = 120_000;
const MAX_PARAM_LENGTH = 200;
/** Per caller: far above what one person or one list needs, far below what stalls the others. */
const MAX_REQUESTS_PER_SECOND = 3_000;
/** Websocket close code of a server that goes away (RFC 6455, 7.4.1). */
const GOING_AWAY = 1001;
/** A frame of the live stream's client is a filter. */
export const MAX_FRAME_BYTES = 64 * 1024;

const bodyReason = (error: { readonly code?: string; readonly message: string }): string =>
  error.code === "FST_ERR_CTP_EMPTY_JSON_BODY" ? "the body is empty" : error.message;

/** Fastify's own errors, told as problems. */
const translate = (error: unknown, expected: string): unknown => {
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message: string };
  if (error instanceof ProblemError) return error;
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return new ProblemError("body-too-large");
  if (code === "FST_ERR_CTP_INVALID_MEDIA_TYPE")
    return new ProblemError("unsupported-media-type", { params: { expected } });
  if (statusCode === 429) return new ProblemError("too-many-requests", { retryAfter: 1 });
  if (statusCode === 503) return new ProblemError("shutting-down", { retryAfter: 5 });
  if (statusCode === 400)
    return new ProblemError("malformed-body", {
      params: { reason: bodyReason({ ...(code ? { code } : {}), message }) },
    });
  return error;
};

/** The one HTTP server of a process: tokens, problems, limits, reference. Services add their routes. */
export const createServer = async (options: {
  readonly kit: Kit;
  readonly verify: VerifyToken;
  readonly catalogue: ProblemCatalogue;
  readonly version: string;
}): Promise<FastifyInstance> => {
  const { kit, verify, catalogue, version } = options;
  const loggerInstance: FastifyBaseLogger = kit.log;
  const server = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => kit.environment.random.uuid(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    return503OnClosing: true,
    forceCloseConnections: "idle",
  });
  // What came in is parsed by the routes themselves, so that every broken rule is told in one way.
  server.setValidatorCompiler(() => (value: unknown) => ({ value }));
  server.setSerializerCompiler(serializerCompiler);
  server.decorateRequest("caller", undefined);
  server.setErrorHandler((error, request, reply) => {
    const expected = (request.routeOptions.config as { consumes?: string }).consumes ?? "application/json";
    return sendProblem(catalogue, request, reply, translate(error, expected));
  });
  server.setNotFoundHandler((request, reply) => sendProblem(catalogue, request, reply, new ProblemError("not-found")));
  await server.register(cookie);
  server.addHook("onRequest", async (request) => {
    request.caller = await authenticate(request, verify);
  });
  await server.register(rateLimit, {
    max: MAX_REQUESTS_PER_SECOND,
    timeWindow: 1000,
    keyGenerator: (request) => (request.caller ? `${request.caller.issuer} ${request.caller.subject}` : request.ip),
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
  });
  await server.register(websocket, {
    options: { maxPayload: MAX_FRAME_BYTES },
    preClose(done) {
      for (const client of server.websocketServer.clients)
        client.close(GOING_AWAY, "shutting down: resume in a moment");
      server.websocketServer.close();
      done();
    },
  });
  await server.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: { title: "Safar", version, description: "The record of a labour migrant's journey" },
      components: { securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  await server.register(swaggerUi, { routePrefix: "/docs" });
  server.get("/openapi.json", { schema: { hide: true } }, () => server.swagger());
  server.get<{ Params: { code: string } }>("/problems/:code", { schema: { hide: true } }, (request, reply) => {
    const page = problemPage(catalogue, request.params.code, languageOf(request.headers["accept-language"]));
    if (page === undefined) throw new ProblemError("not-found");
    return reply.type("text/html; charset=utf-8").send(page);
  });
  server.addHook("onResponse", (request, reply, done) => {
    const { method, url = "unknown" } = request.routeOptions;
    kit.metrics.count("safar_http_requests_total", "Answered requests", {
      method: String(method),
      route: url,
      status: String(reply.statusCode),
    });
    request.log.debug({ method, route: url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "answered");
    done();
  });
  return server;
};
