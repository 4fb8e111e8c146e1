import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { tashkentDate } from "@safar/kernel";
import type { ReadModel } from "@safar/read-model";
import { reaches, requireReach, requireRole } from "../auth/scope.ts";
import type { Kit } from "../runtime/kit.ts";
import type { QueryRoute, Shown } from "../service/query.ts";
import { MAX_COMMAND_BYTES } from "./command-routes.ts";
import { paramsSchemaOf } from "./path-params.ts";
import { parseRequest } from "./field-errors.ts";
import { awaitPosition } from "./min-position.ts";
import { ProblemError } from "./problem.ts";
import { callerOf } from "./request-context.ts";
import { readerOf, show, withPointers } from "./show.ts";

const withMinPosition = (schema: z.ZodObject | undefined): z.ZodObject =>
  (schema ?? z.strictObject({})).extend({ minPosition: z.string().optional() });

const handle = async (
  kit: Kit,
  service: string,
  readModel: ReadModel,
  route: QueryRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const params = route.path.includes(":") ? parseRequest(paramsSchemaOf(route.path), request.params) : {};
  const query: Record<string, unknown> = parseRequest(withMinPosition(route.querystring), request.query);
  const body = route.body ? parseRequest(route.body, request.body) : undefined;
  const caller = callerOf(request);
  await awaitPosition(readModel, query["minPosition"] as string | undefined);
  const today = tashkentDate(kit.environment.clock.now());
  const edge = { caller, today, readModel, vault: kit.vault, load: kit.executor.load };
  const found = await route.read({ params: params as Record<string, string>, query, body, edge });
  const page = typeof query["cursor"] === "string" ? query["cursor"] : undefined;
  const reader = readerOf(request, `${service}.${route.name}`, page);
  const shown = async ({ header, value, confirms }: Shown) => {
    const opened = await show(kit, reader, header?.caseId, value, confirms);
    return withPointers(opened.value as Record<string, unknown>, opened);
  };
  if ("one" in found) {
    if (!found.one) throw new ProblemError("not-found");
    if (found.one.header) requireReach(caller, found.one.header, route.employerOf?.(found.one));
    if (found.one.revision !== undefined) void reply.header("etag", `"${found.one.revision}"`);
    return reply.send(await shown(found.one));
  }
  const inScope = found.items.filter((item) => !item.header || reaches(caller, item.header, route.employerOf?.(item)));
  const items: unknown[] = [];
  for (const item of inScope) items.push(await shown(item));
  return reply.send({ items, ...(found.next === undefined ? {} : { next: found.next }) });
};

/** Reads of a service's own kind. */
export const registerQueries = (
  server: FastifyInstance,
  kit: Kit,
  service: string,
  queries: readonly QueryRoute[],
  readModel: ReadModel,
): void => {
  for (const route of queries)
    server.route({
      method: route.method ?? "GET",
      url: `/${service}${route.path}`,
      bodyLimit: MAX_COMMAND_BYTES,
      schema: {
        operationId: `${service}.${route.name}`,
        summary: route.summary,
        tags: [service],
        ...(route.path.includes(":") ? { params: paramsSchemaOf(route.path) } : {}),
        querystring: withMinPosition(route.querystring),
        ...(route.body ? { body: route.body } : {}),
      },
      onRequest: async (request) => {
        requireRole(callerOf(request), service, route.name);
      },
      handler: (request, reply) => handle(kit, service, readModel, route, request, reply),
    });
};
