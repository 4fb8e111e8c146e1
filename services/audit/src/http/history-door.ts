import type { FastifyInstance } from "fastify";
import { z } from "zod";
import {
  callerOf,
  openPersonal,
  parseRequest,
  readerOf,
  recordReading,
  requireReach,
  requireRole,
  sightOf,
  withPointers,
  type ServiceRuntime,
} from "@safar/service-kit";
import type { FastifyRequest } from "fastify";
import { warningOf } from "../altered.ts";
import { effectiveBy, foldCase, knownBy } from "../domain/case-state.ts";
import { readAccess, readHistory, type Told } from "../history.ts";
import { shapeUnseen, shapeWith } from "./shape.ts";

const caseParams = z.object({ caseId: z.string().toLowerCase().pipe(z.uuid()) });

const caseIdOf = (request: FastifyRequest): string => parseRequest(caseParams, request.params).caseId;

/** The case's header stands in its first event; whoever may not reach the case gets no history. */
const historyWithin = async (runtime: ServiceRuntime, request: FastifyRequest): Promise<Told> => {
  const history = await readHistory(runtime, caseIdOf(request));
  requireReach(callerOf(request), history.events[0]?.meta ?? {});
  return history;
};

/** `GET /audit/cases/{caseId}/history`: in order over all services; JSON, or JSON lines. */
export const historyDoor = (server: FastifyInstance, runtime: ServiceRuntime): void => {
  server.route({
    method: "GET",
    url: "/audit/cases/:caseId/history",
    schema: {
      operationId: "audit.ReadHistory",
      summary: "The full history of a case; JSON lines with Accept: application/x-ndjson",
      tags: ["audit"],
      params: caseParams,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), "audit", "ReadHistory");
    },
    handler: async (request, reply) => {
      const { kit } = runtime;
      const caseId = caseIdOf(request);
      const history = await historyWithin(runtime, request);
      const { items, shown } = await shapeWith(runtime, history, sightOf(kit, callerOf(request), caseId));
      await recordReading(kit, readerOf(request, "audit.ReadHistory"), caseId, shown);
      if (!request.headers.accept?.includes("application/x-ndjson"))
        return { caseId, ...warningOf(history.altered), items };
      const lines = items.map((event) => `${JSON.stringify(event)}\n`).join("");
      return reply.type("application/x-ndjson; charset=utf-8").send(lines);
    },
  });
};

const stateQuery = z.strictObject({
  knownAt: z.iso.datetime({ offset: true }).optional(),
  effectiveAt: z.iso.datetime({ offset: true }).optional(),
});

/** `GET /audit/cases/{caseId}/state`: as of what was recorded, or of what counted, at a time. */
export const stateDoor = (server: FastifyInstance, runtime: ServiceRuntime): void => {
  server.route({
    method: "GET",
    url: "/audit/cases/:caseId/state",
    schema: {
      operationId: "audit.ReadState",
      summary: "The state of a case as it was known (knownAt) or as it counted (effectiveAt) at an instant",
      tags: ["audit"],
      params: caseParams,
      querystring: stateQuery,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), "audit", "ReadState");
    },
    handler: async (request) => {
      const { knownAt, effectiveAt } = parseRequest(stateQuery, request.query);
      const { events: history, altered } = await historyWithin(runtime, request);
      const known = knownAt === undefined ? history : knownBy(history, Date.parse(knownAt));
      const events = effectiveAt === undefined ? known : effectiveBy(known, Date.parse(effectiveAt));
      const caseId = caseIdOf(request);
      const sight = sightOf(runtime.kit, callerOf(request), caseId);
      const shown = new Set<string>();
      const streams: unknown[] = [];
      for (const stream of foldCase(events)) {
        const opened = await openPersonal(stream.data, sight);
        for (const pointer of opened.shown) shown.add(`/data${pointer}`);
        streams.push(withPointers({ ...stream, data: opened.value }, opened, "/data"));
      }
      await recordReading(runtime.kit, readerOf(request, "audit.ReadState"), caseId, [...shown]);
      const position = known.at(-1)?.position;
      const taken = new Set(events.filter((event) => altered.has(event)));
      return { caseId, position: position === undefined ? null : String(position), ...warningOf(taken), streams };
    },
  });
};

/** `GET /audit/cases/{caseId}/access`: who looked. Reading it shows nothing personal, and is itself on record. */
export const accessDoor = (server: FastifyInstance, runtime: ServiceRuntime): void => {
  server.route({
    method: "GET",
    url: "/audit/cases/:caseId/access",
    schema: {
      operationId: "audit.ReadAccess",
      summary: "Who looked at a case, what they saw and when",
      tags: ["audit"],
      params: caseParams,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), "audit", "ReadAccess");
    },
    handler: async (request) => {
      await historyWithin(runtime, request);
      const { kit } = runtime;
      const access = await readAccess(runtime, caseIdOf(request));
      const items = await shapeUnseen(runtime, access);
      await recordReading(kit, readerOf(request, "audit.ReadAccess"), caseIdOf(request), ["/items"]);
      return { caseId: caseIdOf(request), ...warningOf(access.altered), items };
    },
  });
};
