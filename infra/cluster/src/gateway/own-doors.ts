import type { IncomingMessage } from "node:http";
import type { Environment } from "@safar/kernel";
import { ProblemError } from "@safar/service-kit";
import { ask } from "./ask.ts";
import { mergeMetrics } from "./merged-metrics.ts";
import { mergeOpenApi, readOpenApi } from "./merged-openapi.ts";
import type { Replica, Replicas } from "./replicas.ts";
import { PAGE_SERVICE } from "./upstreams.ts";

/** What the gateway answers itself, because no single service could. */
export interface OwnAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);
/** What a proxy in front says of itself: behind one on this machine everybody comes from loopback. */
const PROXY_HEADERS = ["forwarded", "x-forwarded-for", "via"] as const;
const JSON_TYPE = "application/json; charset=utf-8";

const json = (status: number, body: unknown): OwnAnswer => ({ status, type: JSON_TYPE, body: JSON.stringify(body) });

const passedOn = ({ headers }: IncomingMessage): Record<string, string> => {
  const { authorization, cookie, "accept-language": language } = headers;
  const given = { authorization, cookie, "accept-language": language };
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
    return json(isReady ? 200 : 503, { status: isReady ? "ready" : "not-ready", waiting });
  };

  const openApi = async (): Promise<OwnAnswer> => {
    const read = async (service: string) => readOpenApi(await (await askService(service, "/openapi.json")).json());
    return json(200, mergeOpenApi(await Promise.all(replicas.services().map(read))));
  };

  /** Services take the gateway, which may stand beside them, for their own machine: so it looks itself. */
  const requireMetricsReader = async (request: IncomingMessage): Promise<void> => {
    const isBehindAProxy = PROXY_HEADERS.some((name) => request.headers[name] !== undefined);
    if (!isBehindAProxy && LOOPBACK.has(request.socket.remoteAddress ?? "")) return;
    const session = await askService(PAGE_SERVICE, "/session", passedOn(request));
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

  /** A problem's page stands with whichever service knows its code. */
  const problem = async (request: IncomingMessage, path: string): Promise<OwnAnswer> => {
    for (const service of replicas.services()) {
      const page = await askService(service, path, passedOn(request));
      if (page.ok) return { status: 200, type: page.headers.get("content-type") ?? "", body: await page.text() };
    }
    throw new ProblemError("not-found");
  };

  /** Undefined: it is a service's door. */
  return (request: IncomingMessage, path: string): Promise<OwnAnswer> | undefined => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    if (path === "/health/live") return Promise.resolve(json(200, { status: "live" }));
    if (path === "/health/ready") return Promise.resolve(ready());
    if (path === "/metrics") return metrics(request);
    if (path === "/openapi.json" || path === "/docs/json") return openApi();
    if (/^\/problems\/[\w-]+$/.test(path)) return problem(request, path);
    return undefined;
  };
};
