import type { FastifyInstance } from "fastify";
import type { VerifyToken } from "../http/authenticate.ts";
import { registerHealth } from "../http/health-routes.ts";
import { catalogueOf } from "../http/send-problem.ts";
import { createServer } from "../http/server.ts";
import { showBus } from "../observability/bus-figures.ts";
import { untilCaughtUp } from "../observability/until-caught-up.ts";
import { rolesFor } from "@safar/contracts";
import { PARKED_DOORS, reacts } from "../parked/parked-doors.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import type { Kit } from "./kit.ts";
import { startService, type ServiceRuntime } from "./service-runtime.ts";

/** A door without a row in the access table would be open to nobody or to everybody: it stops the start. */
const requireAccessRows = (services: readonly ServiceDefinition[]): void => {
  const missing = services.flatMap((service) => {
    const names = [...service.commands, ...(service.queries ?? [])].map(({ name }) => name);
    return [...names, ...(reacts(service) ? PARKED_DOORS : [])]
      .filter((name) => rolesFor(service.name, name) === undefined)
      .map((name) => `${service.name}.${name}`);
  });
  if (missing.length > 0) throw new Error(`the access table has no row for ${missing.join(", ")}`);
};

/** The services of one process behind one origin. */
export interface RunningNode {
  readonly server: FastifyInstance;
  readonly runtimes: readonly ServiceRuntime[];
  /** Where it listens: `http://127.0.0.1:8080`. */
  readonly address: string;
  /** Stops taking, finishes what is under way, closes the services; the ports stay open for their owner to close. */
  stop(): Promise<void>;
}

export const startNode = async (options: {
  readonly kit: Kit;
  readonly services: readonly ServiceDefinition[];
  readonly verify: VerifyToken;
  readonly host: string;
  readonly port: number;
  readonly version: string;
  /** `SAFAR_PROXIES`; default: none. */
  readonly proxies?: number | undefined;
  /** Of each caller; default: what the server says. */
  readonly maxRequestsPerSecond?: number | undefined;
  /** Doors that belong to no service: sign-in, the page. */
  readonly doors?: (server: FastifyInstance, runtimes: readonly ServiceRuntime[]) => Promise<void>;
}): Promise<RunningNode> => {
  const { kit, services, verify, host, port, version, proxies, maxRequestsPerSecond } = options;
  requireAccessRows(services);
  const catalogue = catalogueOf(services.map(({ refusals }) => refusals));
  const server = await createServer({ kit, verify, catalogue, version, proxies, maxRequestsPerSecond });
  const runtimes = services.map((service) => startService(kit, service));
  const stop = async (): Promise<void> => {
    await server.close();
    await Promise.all(runtimes.map((runtime) => runtime.stop()));
  };
  try {
    for (const runtime of runtimes) await runtime.routes(server);
    registerHealth(server, kit, runtimes);
    showBus(kit, services);
    await options.doors?.(server, runtimes);
    const address = await server.listen({ host, port });
    await untilCaughtUp(kit, runtimes);
    return { server, runtimes, address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
