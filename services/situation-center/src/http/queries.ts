import { z } from "zod";
import { query } from "@safar/service-kit";
import { liveCaseOf } from "../live/snapshot.ts";
import { cases } from "../projections/case-lives.ts";

/** Of one page: as many as a snapshot shows. */
const MAX_CASES = 500;

/** Every case by its last change; what a snapshot's `more` points to. */
export const listCases = query({
  name: "ListCases",
  path: "/cases",
  summary: "Cases by their last change, newest first; nothing personal",
  querystring: z.strictObject({
    region: z.string().max(10).optional(),
    destination: z.string().max(2).optional(),
    service: z.string().max(60).optional(),
    state: z.string().max(60).optional(),
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(MAX_CASES).default(50),
  }),
  read({ query: asked, edge }) {
    const { cursor, limit, minPosition: _position, ...filters } = asked;
    const where = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
    const page = edge.readModel.table(cases).find({
      where: where,
      limit: Number(limit),
      ...(typeof cursor === "string" ? { cursor } : {}),
    });
    const items = page.items.map(({ row }) => ({ value: { ...liveCaseOf(row) } }));
    return Promise.resolve({ items, ...(page.next === undefined ? {} : { next: page.next }) });
  },
});
