import { z } from "zod";
import { DEFAULT_PAGE, MAX_PAGE } from "../http/aggregate-routes.ts";
import { query, type QueryRoute } from "../service/query.ts";
import { parkedTable, type ParkedRow } from "./parked-table.ts";

/** Of a case in the list: the event that everything else waits behind. */
const shortOf = ({ id, caseId, events }: ParkedRow) => {
  const [first] = events;
  return { id, ...(caseId === undefined ? {} : { caseId }), waiting: events.length, ...first };
};

const listQuery = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE),
});

/** Which cases a service's reactions stand still for, and why. */
export const parkedQueries = (service: string): readonly QueryRoute[] => {
  const table = parkedTable(service);
  return [
    query({
      name: "ListParked",
      path: "/parked",
      summary: "Cases whose reactions stand still at an event that failed, last parked first",
      querystring: listQuery,
      async read({ query: asked, edge }) {
        const { cursor, limit } = listQuery.parse({ cursor: asked["cursor"], limit: asked["limit"] });
        const page = edge.readModel.table(table).find({ limit, ...(cursor === undefined ? {} : { cursor }) });
        const { next } = page;
        const items = page.items.map(({ row }) => ({ value: shortOf(row) }));
        return { items, ...(next === undefined ? {} : { next }) };
      },
    }),
    query({
      name: "ReadParked",
      path: "/parked/:parkedId",
      summary: "Every parked event of a case, in the order in which it will be released",
      async read({ params, edge }) {
        const row = edge.readModel.table(table).get(params["parkedId"] ?? "");
        return { one: row && { value: { ...row } } };
      },
    }),
  ];
};
