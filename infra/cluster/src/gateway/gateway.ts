import { once } from "node:events";
import { createServer, ServerResponse, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createProxyServer } from "httpxy";
import type { Environment } from "@safar/kernel";
import {
  catalogueOf,
  languageOf,
  problemDocument,
  ProblemError,
  refuseUnreadable,
  watchConnections,
} from "@safar/service-kit";
import type { Logger } from "pino";
import { cleanAnswer, cleanRequest, isWebsocket } from "./clean-headers.ts";
import { createForwarding } from "./forward.ts";
import { forwardedHeaders } from "./forwarded.ts";
import { createOwnDoors } from "./own-doors.ts";
import { pathOf, toOriginForm } from "./paths.ts";
import { watchRelays } from "./relays.ts";
import { watchReplicas } from "./replicas.ts";
import { PAGE_SERVICE, type Upstreams } from "./upstreams.ts";
import { createWebsockets } from "./websockets.ts";

export interface Gateway {
  readonly address: string;
  stop(): Promise<void>;
}

/** Longer than any service takes for one answer; whoever is silent for so long is gone. */
const ANSWER_LIMIT_MS = 150_000;
/** Headers are one packet or two: whoever takes longer holds a connection for nothing. */
const HEADERS_LIMIT_MS = 10_000;
/** How often connections are looked at for the two limits above. */
const LOOK_AT_CONNECTIONS_MS = 2_000;
/** Above the requests and websockets that one process serves; more would take its memory instead of being answered. */
const MAX_CONNECTIONS = 10_000;
const CATALOGUE = catalogueOf([]);

/** One origin before all services: `/{service}/…` to its replicas in turn, what belongs to no service to the page's. */
export const startGateway = async (options: {
  readonly upstreams: Upstreams;
  /** Where relays say how they are; no request goes there. */
  readonly relays?: readonly URL[];
  readonly host: string;
  readonly port: number;
  readonly environment: Environment;
  readonly log: Logger;
}): Promise<Gateway> => {
  const { upstreams, host, port, environment, log } = options;
  const stopping = new AbortController();
  const replicas = watchReplicas(upstreams, environment, stopping.signal);
  const relays = watchRelays(options.relays ?? [], environment, stopping.signal);
  const answerItself = createOwnDoors(replicas, relays, environment);
  const proxy = createProxyServer({ proxyTimeout: ANSWER_LIMIT_MS });
  const forwarding = createForwarding({ proxy, replicas, log });
  proxy.on("proxyRes", (answered, _request, response) => {
    cleanAnswer(answered);
    answered.headers.connection = response.shouldKeepAlive ? "keep-alive" : "close";
  });

  const serviceOf = (request: IncomingMessage): string => {
    const [, first = ""] = pathOf(request).split("/", 2);
    return upstreams.has(first) ? first : PAGE_SERVICE;
  };

  const sendProblem = (request: IncomingMessage, response: ServerResponse, error: unknown): void => {
    if (response.headersSent) return void response.destroy();
    const problem =
      error instanceof ProblemError ? error : new ProblemError("service-away", { retryAfter: 1, cause: error });
    const language = languageOf(request.headers["accept-language"]);
    const { status, document } = problemDocument(CATALOGUE, problem, language, environment.random.uuid());
    if (problem.retryAfter !== undefined) response.setHeader("retry-after", problem.retryAfter);
    response.writeHead(status, {
      "content-type": "application/problem+json; charset=utf-8",
      "cache-control": "no-store",
    });
    response.end(JSON.stringify(document));
    // What is left of a body is read, so that the answer reaches whoever is still sending.
    request.resume();
  };

  const websockets = createWebsockets(proxy, environment, (request, socket) => {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once("finish", () => socket.end());
    sendProblem(request, response, new ProblemError("service-away", { retryAfter: 1 }));
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const own = await answerItself(request, pathOf(request));
    if (!own) {
      const service = serviceOf(request);
      const headers = forwardedHeaders(request);
      cleanRequest(request);
      return forwarding.send(service, request, response, headers);
    }
    if (own.status === 401) response.setHeader("www-authenticate", "Bearer");
    response.writeHead(own.status, { "content-type": own.type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : own.body);
  };

  const limits = {
    headersTimeout: HEADERS_LIMIT_MS,
    // A service limits what it takes itself; the gateway passes on as long as one is being sent.
    requestTimeout: ANSWER_LIMIT_MS,
    connectionsCheckingInterval: LOOK_AT_CONNECTIONS_MS,
    shouldUpgradeCallback: isWebsocket,
  };
  const server = createServer(limits, (request, response) => {
    toOriginForm(request);
    void answer(request, response).catch((error: unknown) => {
      sendProblem(request, response, error);
    });
  });
  const connections = watchConnections(server, environment.timers);
  server.maxConnections = MAX_CONNECTIONS;
  server.on("clientError", (error, socket: Socket) => {
    refuseUnreadable(CATALOGUE, error, socket, environment.random.uuid());
  });
  server.on("upgrade", (request, socket: Socket, head) => {
    toOriginForm(request);
    const headers = forwardedHeaders(request);
    cleanRequest(request);
    const [replica] = replicas.inTurn(serviceOf(request));
    const target = replica && replica.standing !== "away" ? replica.address : undefined;
    void websockets.take(request, socket, head, target, headers).catch((error: unknown) => {
      if (replica) forwarding.failed(replica, error);
      socket.destroy();
    });
  });
  server.listen({ host, port });
  await once(server, "listening").catch((error: unknown) => {
    stopping.abort();
    throw error;
  });
  const { port: own } = server.address() as AddressInfo;
  const stopOnce = async (): Promise<void> => {
    stopping.abort();
    const closed = once(server, "close");
    server.close();
    connections.end();
    websockets.end();
    await Promise.all([closed, replicas.watching, relays.watching]);
  };
  let stopped: Promise<void> | undefined;
  return {
    address: `http://${host.includes(":") ? `[${host}]` : host}:${own}`,
    stop: () => (stopped ??= stopOnce()),
  };
};
