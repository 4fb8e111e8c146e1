import type { IncomingMessage } from "node:http";
import type { Environment } from "@safar/kernel";
import { isFromThisMachine, ProblemError } from "@safar/service-kit";
import { ask } from "./ask.ts";
import { forwardedHeaders } from "./forwarded.ts";
import { createKept } from "./kept.ts";
import { mergeMetrics } from "./merged-metrics.ts";
import { mergeOpenApi, readOpenApi } from "./merged-openapi.ts";
import { createProblemPages } from "./problem-pages.ts";
import type { Replica, Replicas } from "./replicas.ts";
import { PAGE_SERVICE } from "./upstreams.ts";

/** What the gateway answers itself, because no single service could. */
export interface OwnAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Anybody may ask for the reference, and it takes a tenth of a second to make; a release changes it, no request. */
const REFERENCE_KEPT_MS = 60_000;

const JSON_TYPE = "application/json; charset=utf-8";

const json = (status: number, body: unknown): OwnAnswer => ({ status, type: JSON_TYPE, body: JSON.stringify(body) });

const passedOn = ({ headers }: IncomingMessage): Record<string, string> => {
  const { authorization, cookie } = headers;
  const given = { authorization, cookie };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

export const createOwnDoors = (replicas: Replicas, environment: Environment) => {
  /** The first replica of a service that answers. @throws ProblemError where none does */
  const askService = async (service: string, path: string, headers = {}): Promise<Response> => {
    for (const { address } of replicas.inTurn(service)) {
      const response = await ask(environment, address, path, headers).catch(() => undefined);
      if (response && response.status !== 503) return response;
    }
    throw new ProblemError("service-away", { retryAfter: 1 });
  };

  const ready = (): OwnAnswer => {
    const waiting = replicas.services().filter((service) => !replicas.isReady(service));
    const isReady = waiting.length === 0;
    const degraded = replicas.services().filter((service) => replicas.isDegraded(service));
    return json(isReady ? 200 : 503, { status: isReady ? "ready" : "not-ready", waiting, degraded });
  };

  const makeReference = async (): Promise<OwnAnswer> => {
    const read = async (service: string) => readOpenApi(await (await askService(service, "/openapi.json")).json());
    return json(200, mergeOpenApi(await Promise.all(replicas.services().map(read))));
  };

  const openApi = createKept(environment, makeReference, () => REFERENCE_KEPT_MS);

  /** Services take the gateway, which may stand beside them, for their own machine: so it looks itself. */
  const requireMetricsReader = async (request: IncomingMessage): Promise<void> => {
    if (isFromThisMachine(request.socket.remoteAddress, request.headers)) return;
    const session = await askService(PAGE_SERVICE, "/session", { ...passedOn(request), ...forwardedHeaders(request) });
    const { role = "none" } = session.ok ? ((await session.json()) as { readonly role?: string }) : {};
    if (role !== "admin") throw new ProblemError("role-not-allowed", { params: { needed: "admin", role } });
  };

  const metrics = async (request: IncomingMessage): Promise<OwnAnswer> => {
    await requireMetricsReader(request);
    const read = async ({ name, address }: Replica) => {
      const response = await ask(environment, address, "/metrics", passedOn(request)).catch(() => undefined);
      return { process: name, text: response?.ok === true ? await response.text() : "" };
    };
    const body = mergeMetrics(await Promise.all(replicas.all.map(read)));
    return { status: 200, type: "text/plain; version=0.0.4; charset=utf-8", body };
  };

  const pageOf = createProblemPages({ environment, services: () => replicas.services(), askService });
  const problem = async (request: IncomingMessage, code: string): Promise<OwnAnswer> => ({
    status: 200,
    ...(await pageOf(request, code)),
  });

  /** Undefined: it is a service's door. */
  return (request: IncomingMessage, path: string): Promise<OwnAnswer> | undefined => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    if (path === "/health/live") return Promise.resolve(json(200, { status: "live" }));
    if (path === "/health/ready") return Promise.resolve(ready());
    if (path === "/metrics") return metrics(request);
    if (path === "/openapi.json" || path === "/docs/json") return openApi();
    const code = /^\/problems\/([\w-]+)$/.exec(path)?.[1];
    if (code !== undefined) return problem(request, code);
    return undefined;
  };
};
