import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { catalogueOf, problemDocument, problemOf, type Caller, type ServiceDefinition } from "@safar/service-kit";

/** A request as a program outside sends it, without the socket. */
export interface DoorRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly caller: Caller;
  readonly headers: Readonly<Record<string, string>>;
  /** A document, or bytes that are handed on as they are. */
  readonly body?: unknown;
}

export interface DoorAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly etag: string | null;
  /** Where something went wrong that is nobody's fault but ours. */
  readonly unexpected?: unknown;
}

/* eslint-disable-next-line @typescript-eslint/no-explicit-any -- fastify's own types are of its whole server */
type Handler = (...given: any[]) => unknown;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly url: string;
  readonly onRequest: Handler | undefined;
  readonly handler: Handler;
  readonly wsHandler: Handler | undefined;
  readonly config: unknown;
}

const patternOf = (url: string): RegExp => new RegExp(`^${url.replace(/:(\w+)/g, "(?<$1>[^/]+)")}$`);

/** A plugin of fastify's own (it says so itself) brings no doors of ours: the page's files. */
const isForeign = (plugin: object): boolean => Symbol.for("skip-override") in plugin;

/** Collects the routes of services as fastify would, and nothing else of it: no parser, no socket, no timer. */
const collector = (routes: Route[]): FastifyInstance => {
  const server = {
    route({ method, url, onRequest, handler, wsHandler, config }: Record<string, unknown>) {
      routes.push({ method, url, pattern: patternOf(String(url)), onRequest, handler, wsHandler, config } as Route);
    },
    async register(plugin: (scope: unknown) => Promise<void>) {
      if (!isForeign(plugin)) await plugin(server);
    },
    addHook: () => undefined,
    removeAllContentTypeParsers: () => undefined,
    addContentTypeParser: () => undefined,
  };
  return server as unknown as FastifyInstance;
};

const createReply = () => {
  const reply = {
    statusCode: 200,
    headers: new Map<string, string>(),
    payload: undefined as unknown,
    status(code: number) {
      reply.statusCode = code;
      return reply;
    },
    header(name: string, value: unknown) {
      reply.headers.set(name, String(value));
      return reply;
    },
    type: () => reply,
    send(payload: unknown) {
      reply.payload = payload;
      return reply;
    },
  };
  return reply;
};

/** As it would come over the wire: a document, never an object that both sides hold. */
const overTheWire = (payload: unknown): Record<string, unknown> =>
  payload === undefined ? {} : (JSON.parse(JSON.stringify(payload)) as Record<string, unknown>);

/** The doors of a service, called as its server would call them after the token was verified. */
export const createDoors = (services: readonly ServiceDefinition[]) => {
  const catalogue = catalogueOf(services.map(({ refusals }) => refusals));

  return async (open: (server: FastifyInstance) => Promise<void>) => {
    const routes: Route[] = [];
    await open(collector(routes));

    const requestOf = (route: Route, given: DoorRequest, id: string) => {
      const [path = "", search = ""] = given.path.split("?");
      const { body } = given;
      return {
        id,
        url: given.path,
        caller: given.caller,
        headers: given.headers,
        params: { ...route.pattern.exec(path)?.groups },
        query: Object.fromEntries(new URLSearchParams(search)),
        body: body instanceof Uint8Array ? Readable.from([body]) : body === undefined ? undefined : overTheWire(body),
        routeOptions: { config: route.config },
      };
    };
    const routeOf = ({ method, path }: DoorRequest): Route | undefined => {
      const [bare = ""] = path.split("?");
      return routes.find((route) => route.method === method && route.pattern.test(bare));
    };

    const answer = async (given: DoorRequest, id: string): Promise<DoorAnswer> => {
      const route = routeOf(given);
      if (!route) throw new Error(`no service has ${given.method} ${given.path}`);
      const reply = createReply();
      const request = requestOf(route, given, id);
      try {
        await route.onRequest?.(request, reply);
        const returned = await route.handler(request, reply);
        const payload = returned === reply ? reply.payload : returned;
        return { status: reply.statusCode, body: overTheWire(payload), etag: reply.headers.get("etag") ?? null };
      } catch (error) {
        const problem = problemOf(error);
        const { status, document } = problemDocument(catalogue, problem, "en", id);
        const unexpected = problem.code === "internal-error" ? { unexpected: problem.cause ?? error } : {};
        return { status, body: overTheWire(document), etag: null, ...unexpected };
      }
    };
    /** Opens a websocket at the live door. */
    const watch = (socket: unknown, caller: Caller): void => {
      const route = routes.find(({ wsHandler }) => wsHandler !== undefined);
      route?.wsHandler?.(socket, { caller, headers: {} });
    };
    return { answer, watch };
  };
};
export type Doors = Awaited<ReturnType<ReturnType<typeof createDoors>>>;
