import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { cursorAt } from "@safar/read-model";
import type { ServiceRuntime } from "@safar/service-kit";
import { callerOf, parseRequest, requireRole } from "@safar/service-kit";
import { readEvent } from "../history.ts";
import { events, type EventRow } from "../projections/events.ts";
import { shapeUnseen } from "./shape.ts";

/** Of one page: each event is read from the log by itself, so that a page stays a matter of milliseconds. */
const MAX_EVENTS = 200;
/** Index rows looked at by one request where `from` and `to` leave most of them out; `next` goes on from there. */
const MAX_ROWS = 5_000;
/** Index rows read at once where times are asked for. */
const LOOK_ROWS = 500;
/** So far times may go back from one event to the next: the log's servers take turns, each with a clock of its own. */
const MAX_CLOCK_SKEW_MS = 600_000;

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

/** Rows newest first, within the times asked for; ends early where all is long before `from`. */
const findRows = ({ readModel }: ServiceRuntime, asked: Query) => {
  const { type, actor, region, from, to, limit } = asked;
  const where = Object.fromEntries(Object.entries({ type, actor, region }).filter(([, value]) => value !== undefined));
  const earliest = from === undefined ? 0 : Date.parse(from);
  const latest = to === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(to);
  const size = from === undefined && to === undefined ? limit : LOOK_ROWS;
  const found: EventRow[] = [];
  let cursor = asked.cursor;
  for (let looked = 0; looked < MAX_ROWS; looked += size) {
    const page = readModel.table(events).find({ where, limit: size, ...(cursor === undefined ? {} : { cursor }) });
    for (const item of page.items) {
      const { recordedAt } = item.row;
      if (recordedAt >= earliest && recordedAt <= latest) found.push(item.row);
      if (found.length < limit) continue;
      const isLast = page.next === undefined && item === page.items.at(-1);
      return { found, next: isLast ? undefined : cursorAt({ ...item, order: "newest" }) };
    }
    const isPast = page.items.every(({ row }) => row.recordedAt < earliest - MAX_CLOCK_SKEW_MS);
    if (page.next === undefined || isPast) return { found, next: undefined };
    cursor = page.next;
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
