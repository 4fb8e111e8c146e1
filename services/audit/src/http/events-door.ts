import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ServiceRuntime } from "@safar/service-kit";
import { callerOf, parseRequest, requireRole } from "@safar/service-kit";
import { readEvent } from "../history.ts";
import { events, type EventRow } from "../projections/events.ts";
import { shapeUnseen } from "./shape.ts";

/** Of one page: each event is read from the log by itself, so that a page stays a matter of milliseconds. */
const MAX_EVENTS = 200;
/** Index rows looked at by one request where `from` and `to` leave most of them out; `next` goes on from there. */
const MAX_ROWS = 5_000;

const query = z.strictObject({
  type: z.string().max(80).optional(),
  actor: z.string().max(200).optional(),
  region: z.string().max(10).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_EVENTS).default(50),
});
type Query = z.infer<typeof query>;

/** Rows newest first, within the times asked for; ends early at the first that is older than `from`. */
const findRows = ({ readModel }: ServiceRuntime, asked: Query) => {
  const { type, actor, region, from, to, limit } = asked;
  const where = Object.fromEntries(Object.entries({ type, actor, region }).filter(([, value]) => value !== undefined));
  const earliest = from === undefined ? 0 : Date.parse(from);
  const latest = to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to);
  const found: EventRow[] = [];
  let cursor = asked.cursor;
  for (let looked = 0; looked < MAX_ROWS;) {
    const size = limit - found.length;
    const page = readModel.table(events).find({ where, limit: size, ...(cursor === undefined ? {} : { cursor }) });
    looked += page.items.length;
    const fitting = page.items.filter(({ row }) => row.recordedAt >= earliest && row.recordedAt <= latest);
    found.push(...fitting.map(({ row }) => row));
    cursor = page.next;
    const isPast = page.items.some(({ row }) => row.recordedAt < earliest);
    if (cursor === undefined || isPast) return { found, next: undefined };
    if (found.length >= limit) break;
  }
  return { found, next: cursor };
};

/** `GET /audit/events`: events of all cases, newest first; nothing personal, whoever asks. */
export const eventsDoor = (server: FastifyInstance, runtime: ServiceRuntime): void => {
  server.route({
    method: "GET",
    url: "/audit/events",
    schema: {
      operationId: "audit.FindEvents",
      summary: "Events by type, actor, region and time, newest first",
      tags: ["audit"],
      querystring: query,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), "audit", "FindEvents");
    },
    handler: async (request) => {
      const { found, next } = findRows(runtime, parseRequest(query, request.query));
      const items: unknown[] = [];
      for (const { stream, revision } of found)
        items.push(...(await shapeUnseen(runtime, await readEvent(runtime, stream, revision))));
      return { items, ...(next === undefined ? {} : { next }) };
    },
  });
};
