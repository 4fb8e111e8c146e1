import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import { SCOPES } from "@safar/contracts";
import { cursorAt, type Projection, type ReadModel, type Table } from "@safar/read-model";
import { hasRole, reaches, requireReach, requireRole } from "../auth/scope.ts";
import type { AggregateRow } from "../runtime/aggregate-view.ts";
import type { Kit } from "../runtime/kit.ts";
import type { Caller } from "../service/caller.ts";
import type { AggregateRoom } from "../service/define-service.ts";
import { paramsSchemaOf } from "./path-params.ts";
import { csvOf } from "./csv.ts";
import { parseRequest } from "./field-errors.ts";
import { awaitPosition } from "./min-position.ts";
import { ProblemError } from "./problem.ts";
import { callerOf } from "./request-context.ts";
import { readerOf, show, withPointers } from "./show.ts";

/** Page sizes: what a screen shows, and what one answer may hold. */
export const DEFAULT_PAGE = 50;
export const MAX_PAGE = 500;

const minPosition = { minPosition: z.string().optional() };
const listQuery = z.strictObject({
  ...minPosition,
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
  status: z.string().max(60).optional(),
  region: z.string().max(10).optional(),
  destination: z.string().max(2).optional(),
});

interface Door {
  readonly service: string;
  readonly room: AggregateRoom;
  readonly view: Projection<AggregateRow>;
  readonly readModel: ReadModel;
}

const categoryOf = (room: AggregateRoom): string => (room.aggregate.contracts as { category: string }).category;

/** Of its list in the access table. */
const listNameOf = ({ room }: Door): string => `List_${categoryOf(room)}`;

/** What a list shows of a row: nothing personal, whoever asks (goals.md, invariant 10). */
const summary = (row: AggregateRow) => {
  const { id, status, revision, position, changedAt, caseId, unit, region, destination, employerId } = row;
  const caseNumber = (row.state as { caseNumber?: string } | undefined)?.caseNumber;
  return {
    id,
    caseId,
    caseNumber,
    state: status,
    revision,
    position,
    changedAt,
    unit,
    region,
    destination,
    employerId,
  };
};

const COLUMNS: readonly (keyof ReturnType<typeof summary>)[] = [
  "id",
  "caseId",
  "caseNumber",
  "state",
  "revision",
  "position",
  "changedAt",
  "unit",
  "region",
  "destination",
  "employerId",
];

/** Roles of one branch, agency or case learn of a group how full it is, not who is in it. */
const stateFor = ({ role }: Caller, room: AggregateRoom, { state }: AggregateRow): unknown => {
  const seesEveryCase = SCOPES[role].scope === "all" || SCOPES[role].scope === "ownVacancies";
  return seesEveryCase || !room.withoutCases ? state : room.withoutCases(state as never);
};

const groupReach = (caller: Caller, row: AggregateRow): boolean =>
  caller.role !== "employer" || reaches(caller, {}, row.employerId);

const readOne = (server: FastifyInstance, kit: Kit, { service, room, view, readModel }: Door, path: string): void => {
  const name = `Read_${categoryOf(room)}`;
  server.route({
    method: "GET",
    url: `/${service}${path}`,
    schema: {
      operationId: `${service}.${name}`,
      summary: `The present state of ${categoryOf(room)}`,
      tags: [service],
      params: paramsSchemaOf(path),
      querystring: z.strictObject(minPosition),
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), service, name);
    },
    handler: async (request, reply) => {
      const params = parseRequest(paramsSchemaOf(path), request.params) as Record<string, string>;
      const query = parseRequest(z.strictObject(minPosition), request.query);
      await awaitPosition(readModel, query.minPosition);
      const row = readModel.table(view).get(Object.values(params)[0] ?? "");
      if (!row) throw new ProblemError("not-found");
      if (room.aggregate.ofCase) requireReach(callerOf(request), row, row.employerId);
      else if (!groupReach(callerOf(request), row)) requireReach(callerOf(request), {}, row.employerId);
      const opened = await show(
        kit,
        readerOf(request, `${service}.${name}`),
        row.caseId,
        stateFor(callerOf(request), room, row),
      );
      const document = { ...summary(row), service, data: opened.value };
      return reply.header("etag", `"${row.revision}"`).send(withPointers(document, opened, "/data"));
    },
  });
};

/** Rows within the caller's scope, as equality on one indexed field. */
const scopeFilter = (caller: Caller): Readonly<Record<string, string>> => {
  switch (SCOPES[caller.role].scope) {
    case "all":
      return {};
    case "ownUnit":
      return { unit: caller.unit ?? "" };
    case "ownCandidates":
      return { agency: caller.unit ?? "" };
    case "ownVacancies":
      return { employerId: caller.unit ?? "" };
    case "ownCase":
    case "none":
      return { caseId: caller.caseId ?? "" };
  }
};

type ListQuery = z.infer<typeof listQuery>;
type Page = ReturnType<Table<AggregateRow>["find"]>;

const findRows = (door: Door, caller: Caller, query: ListQuery, extra: Readonly<Record<string, string>>): Page => {
  const scoped: Readonly<Record<string, string>> =
    door.room.aggregate.ofCase || caller.role === "employer" ? scopeFilter(caller) : {};
  // A candidate who asks for another's case gets nothing, not the own one.
  if (scoped["caseId"] !== undefined && extra["caseId"] !== undefined && scoped["caseId"] !== extra["caseId"])
    return { items: [] };
  const asked = { status: query.status, region: query.region, destination: query.destination };
  const where = {
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    ...extra,
    ...scoped,
  };
  return door.readModel.table(door.view).find({
    where,
    limit: query.limit,
    ...(query.cursor === undefined ? {} : { cursor: query.cursor }),
  });
};

/** The next page is one of the same list: asked with all that this one was asked with. */
const addressOfNext = ({ query }: FastifyRequest, cursor: string): string =>
  new URLSearchParams({ ...(query as Readonly<Record<string, string>>), cursor }).toString();

const readList = (
  server: FastifyInstance,
  door: Door,
  path: string,
  extraOf: (params: Record<string, string>) => Readonly<Record<string, string>>,
): void => {
  const { service, room } = door;
  const name = listNameOf(door);
  server.route({
    method: "GET",
    url: `/${service}${path}`,
    schema: {
      operationId: `${service}.${name}${path.includes(":") ? "_OfCase" : ""}`,
      summary: `A list of ${categoryOf(room)}; as CSV with Accept: text/csv`,
      tags: [service],
      ...(path.includes(":") ? { params: paramsSchemaOf(path) } : {}),
      querystring: listQuery,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), service, name);
    },
    handler: async (request, reply) => {
      const params = path.includes(":")
        ? (parseRequest(paramsSchemaOf(path), request.params) as Record<string, string>)
        : {};
      const query = parseRequest(listQuery, request.query);
      await awaitPosition(door.readModel, query.minPosition);
      const { items, next } = findRows(door, callerOf(request), query, extraOf(params));
      const rows = items.map(({ row }) => summary(row));
      const more = next === undefined ? {} : { next };
      if (!request.headers.accept?.includes("text/csv")) return reply.send({ items: rows, ...more });
      if (next !== undefined) void reply.header("link", `<?${addressOfNext(request, next)}>; rel="next"`);
      return reply.type("text/csv; charset=utf-8").send(csvOf(COLUMNS, rows));
    },
  });
};

/** The doors that follow from an aggregate's path: one by id, all of a case, and a list. */
export const registerAggregate = (server: FastifyInstance, kit: Kit, door: Door): void => {
  const { path } = door.room;
  if (path === undefined) return;
  readOne(server, kit, door, path);
  readList(server, door, path.replace(/\/:\w+$/, ""), () => ({}));
};

const byNewest = (left: Page["items"][number], right: Page["items"][number]): number =>
  Number(right.position - left.position);

/** `GET /{service}/cases/{caseId}` of a service whose aggregates a case has several of. */
export const registerOfCase = (server: FastifyInstance, doors: readonly Door[]): void => {
  const several = doors.filter(
    ({ room }) => room.aggregate.ofCase && room.path !== undefined && !room.path.startsWith("/cases/"),
  );
  if (several.length === 0 || doors.some(({ room }) => room.path?.startsWith("/cases/"))) return;
  const [first] = several as [Door];
  const path = "/cases/:caseId";
  const listedFor = (caller: Caller): readonly Door[] =>
    several.filter((door) => hasRole(caller, door.service, listNameOf(door)));
  server.route({
    method: "GET",
    url: `/${first.service}${path}`,
    schema: {
      operationId: `${first.service}.ReadCase`,
      summary: "Everything of one case in this service that the caller may list, newest change first",
      tags: [first.service],
      params: paramsSchemaOf(path),
      querystring: listQuery,
    },
    onRequest: async (request) => {
      if (listedFor(callerOf(request)).length === 0) requireRole(callerOf(request), first.service, listNameOf(first));
    },
    handler: async (request) => {
      const { caseId } = parseRequest(paramsSchemaOf(path), request.params) as { caseId: string };
      const query = parseRequest(listQuery, request.query);
      await awaitPosition(first.readModel, query.minPosition);
      const caller = callerOf(request);
      // A cursor says where it goes on whatever the table: so the page is that of all tables together.
      const pages = listedFor(caller).map((door) => ({ door, ...findRows(door, caller, query, { caseId }) }));
      const found = pages
        .flatMap(({ door, items }) => items.map((item) => ({ kind: categoryOf(door.room), ...item })))
        .sort(byNewest);
      const items = found.slice(0, query.limit).map(({ kind, row }) => ({ kind, ...summary(row) }));
      const last = found[query.limit - 1];
      const isMore = found.length > query.limit || pages.some(({ next }) => next !== undefined);
      return last && isMore ? { items, next: cursorAt({ ...last, order: "newest" }) } : { items };
    },
  });
};
export type { Door };
