import type { FastifyInstance } from "fastify";
import {
  callerOf,
  ProblemError,
  requireRole,
  SUB_PROTOCOL,
  tellProblem,
  type ServiceRuntime,
} from "@safar/service-kit";
import { openConnection } from "../live/connection.ts";
import { createHub } from "../live/hub.ts";
import { watchLog } from "../live/log-watch.ts";
import { refusals } from "./refusals.ts";

/** Watchers on one process (goals.md, P3, asks for 10,000). */
const MAX_CONNECTIONS = 12_000;
/** Often enough that a proxy keeps the line open and a client notices a dead one. */
const HEARTBEAT_MS = 10_000;

/** `GET /live`: the websocket of the situation centre and of subscribers. */
export const liveDoor = (server: FastifyInstance, runtime: ServiceRuntime): void => {
  const { environment, metrics } = runtime.kit;
  const hub = createHub(runtime);
  const connections = new Set<ReturnType<typeof openConnection>>();
  metrics.probe(() => {
    metrics.gauge("safar_live_connections", "Open websockets", connections.size);
  });

  const log = watchLog(runtime);
  let isStopped = false;
  let cancelBeat: () => void = () => undefined;
  const beatLater = (): void => {
    if (!isStopped) cancelBeat = environment.timers.after(HEARTBEAT_MS, () => void beat());
  };
  const beat = async (): Promise<void> => {
    await log.ask();
    for (const connection of connections) connection.heartbeat();
    beatLater();
  };
  beatLater();

  server.addHook("preClose", (done) => {
    isStopped = true;
    cancelBeat();
    hub.stop();
    done();
  });

  server.route({
    method: "GET",
    url: "/live",
    schema: { hide: true },
    config: { takesUpgrade: true },
    onRequest: async (request) => {
      requireRole(callerOf(request), "situation-center", "WatchLive");
      if (connections.size >= MAX_CONNECTIONS) throw new ProblemError("too-many-requests", { retryAfter: 5 });
      const offered = (request.headers["sec-websocket-protocol"] ?? "").split(/\s*,\s*/);
      if (request.headers.upgrade?.toLowerCase() === "websocket" && !offered.includes(SUB_PROTOCOL))
        throw new ProblemError("sub-protocol-missing");
    },
    handler: () => {
      throw new ProblemError("upgrade-needed");
    },
    wsHandler: (socket, request) => {
      const connection = openConnection({
        socket,
        caller: callerOf(request),
        runtime,
        hub,
        log,
        tell: (problem) => tellProblem(refusals, problem, request.headers["accept-language"], request.id),
      });
      connections.add(connection);
      socket.on("close", () => connections.delete(connection));
    },
  });
};
