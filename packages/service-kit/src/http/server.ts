import cookie from "@fastify/cookie";
import rateLimit from "@fastify/rate-limit";
import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from "fastify";
import { jsonSchemaTransform, serializerCompiler } from "fastify-type-provider-zod";
import type { Kit } from "../runtime/kit.ts";
import { authenticate, type VerifyToken } from "./authenticate.ts";
import { callerAddress } from "./caller-address.ts";
import { watchConnections } from "./connections.ts";
import { ProblemError } from "./problem.ts";
import { problemPage } from "./problem-page.ts";
import { sendProblem, type ProblemCatalogue } from "./send-problem.ts";
import { refuseUnreadable, translate } from "./server-errors.ts";
import { languageOf } from "./language.ts";
import { registerWebsockets } from "./websockets.ts";

/** A command takes milliseconds; whoever needs longer to send a small body is stuck or hostile. */
const REQUEST_TIMEOUT_MS = 120_000;
const MAX_PARAM_LENGTH = 200;
/** Per caller, without a token per address: far above what one person or one list needs, far below what stalls the others. */
const MAX_REQUESTS_PER_SECOND = 3_000;

/** The one HTTP server of a process: tokens, problems, limits, reference. Services add their routes. */
export const createServer = async (options: {
  readonly kit: Kit;
  readonly verify: VerifyToken;
  readonly catalogue: ProblemCatalogue;
  readonly version: string;
  /** `SAFAR_PROXIES`; default: none. */
  readonly proxies?: number | undefined;
  /** Default: `MAX_REQUESTS_PER_SECOND`. */
  readonly maxRequestsPerSecond?: number | undefined;
}): Promise<FastifyInstance> => {
  const { kit, verify, catalogue, version, proxies = 0, maxRequestsPerSecond = MAX_REQUESTS_PER_SECOND } = options;
  const loggerInstance: FastifyBaseLogger = kit.log;
  const server = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => kit.environment.random.uuid(),
    requestTimeout: REQUEST_TIMEOUT_MS,
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // Its own answer is no problem of ours, and does not say when to come again.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => {
      void sendProblem(catalogue, request, reply, translate(error, "application/json"));
    },
    clientErrorHandler(error, socket) {
      refuseUnreadable(catalogue, error, socket, kit.environment.random.uuid());
    },
  });
  const connections = watchConnections(server.server, kit.environment.timers);
  let isClosing = false;
  server.addHook("preClose", (done) => {
    isClosing = true;
    connections.end();
    done();
  });
  // Text is no body of ours: left to Fastify it would be parsed, and refused with a misleading reason.
  server.removeContentTypeParser("text/plain");
  // What came in is parsed by the routes themselves, so that every broken rule is told in one way.
  server.setValidatorCompiler(() => (value: unknown) => ({ value }));
  server.setSerializerCompiler(serializerCompiler);
  server.decorateRequest("caller", undefined);
  server.decorate("pageOrigin", undefined);
  server.setErrorHandler((error, request, reply) => {
    const expected = (request.routeOptions.config as { consumes?: string }).consumes ?? "application/json";
    return sendProblem(catalogue, request, reply, translate(error, expected));
  });
  server.setNotFoundHandler((request, reply) => sendProblem(catalogue, request, reply, new ProblemError("not-found")));
  await server.register(cookie);
  await server.register(rateLimit, {
    global: false,
    allowList: ({ routeOptions }) => routeOptions.config.rateLimit === false,
    max: maxRequestsPerSecond,
    timeWindow: 1000,
    // Not Fastify's own `trustProxy`: that would also let callers name the host that sign-in leads back to.
    keyGenerator: ({ caller, raw }) => (caller ? `${caller.issuer} ${caller.subject}` : callerAddress(raw, proxies)),
    addHeaders: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
    addHeadersOnExceeding: { "x-ratelimit-limit": false, "x-ratelimit-remaining": false, "x-ratelimit-reset": false },
  });
  const countRequest = server.rateLimit();
  server.addHook("onRequest", (_request, _reply, done) => {
    done(isClosing ? new ProblemError("shutting-down", { retryAfter: 5 }) : undefined);
  });
  // Before any route looks at role or token: who is refused by them counts too.
  server.addHook("onRequest", async function (request, reply) {
    const caller = authenticate(request, verify, server.pageOrigin);
    request.caller = await caller.catch(() => undefined);
    await countRequest.call(this, request, reply);
    await caller;
  });
  await registerWebsockets(server);
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
  server.get("/problems", { schema: { hide: true } }, () => ({ codes: [...catalogue.keys()] }));
  server.get<{ Params: { code: string } }>("/problems/:code", { schema: { hide: true } }, (request, reply) => {
    const page = problemPage(catalogue, request.params.code, languageOf(request.headers["accept-language"]));
    if (page === undefined) throw new ProblemError("not-found");
    return reply.type("text/html; charset=utf-8").send(page);
  });
  server.addHook("onSend", async (_request, reply) => {
    // What is told to one caller is for no cache; files of the page say themselves how long they keep.
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
    void reply.header("x-content-type-options", "nosniff");
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
