import type { FastifyInstance } from "fastify";
import { registerQueries } from "../http/query-routes.ts";
import type { ServiceRuntime } from "../runtime/service-runtime.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { parkedQueries } from "./parked-queries.ts";
import { registerRelease } from "./release-route.ts";

export const reacts = ({ reactions = [] }: ServiceDefinition): boolean => reactions.length > 0;

/** Names of these doors in the access table, of a service that reacts. */
export const PARKED_DOORS = ["ListParked", "ReadParked", "ReleaseParked"] as const;

/** Where an operator sees and releases what a service's reactions could not take. */
export const registerParked = (
  server: FastifyInstance,
  { kit, definition, readModel, reactor }: ServiceRuntime,
): void => {
  if (!reacts(definition)) return;
  registerQueries(server, kit, definition.name, parkedQueries(definition.name), readModel);
  registerRelease(server, kit, definition.name, reactor);
};
