import type { IncomingMessage } from "node:http";
import type { Environment } from "@safar/kernel";
import { isFromThisMachine, ProblemError } from "@safar/service-kit";
import { ask } from "./ask.ts";
import { forwardedHeaders } from "./forwarded.ts";
import { createKept } from "./kept.ts";
import { mergeOpenApi, readOpenApi } from "./merged-openapi.ts";
import type { OwnAnswer } from "./own-answer.ts";
import { createProblemPages } from "./problem-pages.ts";
import { readMetrics } from "./read-metrics.ts";
import type { Relays } from "./relays.ts";
import type { Replicas } from "./replicas.ts";
import { PAGE_SERVICE } from "./upstreams.ts";

/** Anybody may ask for the reference, and it takes a tenth of a second to make; a release changes it, no request. */
const REFERENCE_KEPT_MS = 60_000;
/** A service that is away comes back within seconds; so long nobody makes it again for those who ask all the time. */
const INCOMPLETE_KEPT_MS = 5_000;

const JSON_TYPE = "application/json; charset=utf-8";

const json = (status: number, body: unknown): OwnAnswer => ({ status, type: JSON_TYPE, body: JSON.stringify(body) });

const passedOn = ({ headers }: IncomingMessage): Record<string, string> => {
  const { authorization, cookie } = headers;
  const given = { authorization, cookie, "accept-language": headers["accept-language"] };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));
};

export const createOwnDoors = (replicas: Replicas, relays: Relays, environment: Environment) => {
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
    const relay = relays.trouble();
    const degraded = replicas.services().filter((service) => replicas.isDegraded(service));
    if (relay) degraded.push("relay");
    const ofReplicas = replicas.all.flatMap(({ name, trouble }) => (trouble ? [[name, trouble] as const] : []));
    const troubles = Object.fromEntries([...ofReplicas, ...(relay ? [["relay", relay] as const] : [])]);
    const status = isReady ? (degraded.length === 0 ? "ready" : "degraded") : "not-ready";
    return json(isReady ? 200 : 503, { status, waiting, degraded, troubles });
  };

  const makeReference = async (): Promise<{ readonly answer: OwnAnswer; readonly isWhole: boolean }> => {
    const services = replicas.services();
    const read = async (service: string) => readOpenApi(await (await askService(service, "/openapi.json")).json());
    const documents = await Promise.all(services.map((service) => read(service).catch(() => undefined)));
    const missing = services.filter((_, index) => documents[index] === undefined);
    if (missing.length === services.length) throw new ProblemError("service-away", { retryAfter: 1 });
    const there = documents.filter((document) => document !== undefined);
    return { answer: json(200, mergeOpenApi(there, missing)), isWhole: missing.length === 0 };
  };

  const reference = createKept(environment, makeReference, ({ isWhole }) =>
    isWhole ? REFERENCE_KEPT_MS : INCOMPLETE_KEPT_MS,
  );
  const openApi = async (): Promise<OwnAnswer> => (await reference()).answer;

  /** Services take the gateway, which may stand beside them, for their own machine: so it looks itself. */
  const requireMetricsReader = async (request: IncomingMessage): Promise<void> => {
    if (isFromThisMachine(request.socket.remoteAddress, request.headers)) return;
    const session = await askService(PAGE_SERVICE, "/session", { ...passedOn(request), ...forwardedHeaders(request) });
    const { role = "none" } = session.ok ? ((await session.json()) as { readonly role?: string }) : {};
    if (role !== "admin") throw new ProblemError("role-not-allowed", { params: { needed: "admin", role } });
  };

  const metrics = async (request: IncomingMessage): Promise<OwnAnswer> => {
    await requireMetricsReader(request);
    const processes = { services: replicas.all, relays: await relays.all() };
    return readMetrics({ ...processes, headers: passedOn(request), environment });
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
