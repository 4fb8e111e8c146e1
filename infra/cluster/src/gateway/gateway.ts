import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { createProxyServer } from "httpxy";
import type { Environment } from "@safar/kernel";
import { catalogueOf, languageOf, problemDocument, ProblemError } from "@safar/service-kit";
import type { Logger } from "pino";
import { forwardedHeaders } from "./forwarded.ts";
import { createOwnDoors } from "./own-doors.ts";
import { isNobodyThere, watchReplicas, type Replica } from "./replicas.ts";
import { PAGE_SERVICE, type Upstreams } from "./upstreams.ts";

export interface Gateway {
  readonly address: string;
  stop(): Promise<void>;
}

/** Longer than any service takes for one answer; whoever is silent for so long is gone. */
const ANSWER_LIMIT_MS = 150_000;
const CATALOGUE = catalogueOf([]);

/** As a service will read it, so that nobody finds a way round the gateway's own doors by writing them otherwise. */
const pathOf = ({ url = "/" }: IncomingMessage): string => {
  const path = url.split(/[?#]/, 1)[0] ?? "/";
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
};

/** One origin before all services: `/{service}/…` to its replicas in turn, what belongs to no service to the page's. */
export const startGateway = async (options: {
  readonly upstreams: Upstreams;
  readonly host: string;
  readonly port: number;
  readonly environment: Environment;
  readonly log: Logger;
}): Promise<Gateway> => {
  const { upstreams, host, port, environment, log } = options;
  const stopping = new AbortController();
  const replicas = watchReplicas(upstreams, environment, stopping.signal);
  const answerItself = createOwnDoors(replicas, environment);
  const proxy = createProxyServer({ proxyTimeout: ANSWER_LIMIT_MS });
  /** Websockets: the server no longer counts them, and they end with it. */
  const upgraded = new Set<Socket>();

  const targetOf = (request: IncomingMessage): Replica | undefined => {
    const [, first = ""] = pathOf(request).split("/", 2);
    return replicas.inTurn(upstreams.has(first) ? first : PAGE_SERVICE)[0];
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

  const failed = (replica: Replica, error: unknown): void => {
    if (isNobodyThere(error)) replica.standing = "away";
    log.warn({ err: error, replica: replica.name }, "a replica did not answer");
  };

  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const replica = targetOf(request);
    if (!replica || replica.standing === "away") throw new ProblemError("service-away", { retryAfter: 1 });
    await proxy
      .web(request, response, { target: replica.address, headers: forwardedHeaders(request) })
      .catch((error: unknown) => {
        failed(replica, error);
        throw error;
      });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const own = await answerItself(request, pathOf(request));
    if (!own) return forward(request, response);
    response.writeHead(own.status, { "content-type": own.type, "cache-control": "no-store" });
    response.end(request.method === "HEAD" ? undefined : own.body);
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      sendProblem(request, response, error);
    });
  });
  // A service limits what it takes itself; the gateway passes on as long as one is being sent.
  server.requestTimeout = ANSWER_LIMIT_MS;
  server.on("upgrade", (request, socket: Socket, head) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    const replica = targetOf(request);
    if (!replica || replica.standing === "away") {
      socket.end(
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
      );
      return;
    }
    void proxy
      .ws(request, socket, { target: replica.address, headers: forwardedHeaders(request) }, head)
      .catch((error: unknown) => {
        failed(replica, error);
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
    server.closeIdleConnections();
    for (const socket of upgraded) socket.end();
    await Promise.all([closed, replicas.watching]);
  };
  let stopped: Promise<void> | undefined;
  return {
    address: `http://${host.includes(":") ? `[${host}]` : host}:${own}`,
    stop: () => (stopped ??= stopOnce()),
  };
};
