import { z } from "zod";
import { foldNameWords } from "@safar/contracts";
import { ProblemError, query, reaches, type AggregateRow, type QueryEdge, type Shown } from "@safar/service-kit";
import { MAX_NAME_WORDS, type PersonQuery } from "@safar/vault";
import type { CaseState } from "../domain/case/state.ts";
import { caseNumbers } from "../projections/case-numbers.ts";

/** Of one page: each found case is opened and its reading put on record. A clerk narrows a longer list by one more word. */
const MAX_FOUND = 50;
/** Persons that one request looks through for those within the caller's scope; `next` goes on from there. */
const MAX_PERSONS = 1_000;

const searchBody = z.strictObject({
  pinfl: z.string().min(1).max(20).optional(),
  passport: z.string().min(1).max(20).optional(),
  phone: z.string().min(1).max(30).optional(),
  caseNumber: z.string().min(1).max(30).optional(),
  name: z.string().min(1).max(200).optional(),
  /** The last person that was looked at, as `next` named it. */
  cursor: z.string().toLowerCase().pipe(z.uuid()).optional(),
  limit: z.int().min(1).max(MAX_FOUND).default(20),
});
type Search = z.infer<typeof searchBody>;

const WAYS = ["pinfl", "passport", "phone", "caseNumber", "name"] as const;

/** Whoever finds a case by one of these knows what stands there, even where no name is shown. */
const CONFIRMED = {
  pinfl: ["/pinfl"],
  passport: ["/passport"],
  phone: ["/phone"],
  caseNumber: [],
  name: ["/surname", "/givenName", "/patronymic"],
} satisfies Record<(typeof WAYS)[number], readonly string[]>;

const wayOf = (search: Search): (typeof WAYS)[number] => {
  const [way, ...others] = WAYS.filter((each) => search[each] !== undefined);
  if (way === undefined || others.length > 0)
    throw new ProblemError("invalid-request", {
      errors: [{ pointer: "", code: "exactly-one", params: { fields: WAYS.join(", ") } }],
    });
  return way;
};

/** @throws ProblemError for more words than the vault compares */
const checkName = ({ name = "" }: Search): void => {
  if (new Set(foldNameWords(name)).size > MAX_NAME_WORDS)
    throw new ProblemError("invalid-request", {
      errors: [{ pointer: "/name", code: "too-big", params: { limit: String(MAX_NAME_WORDS) } }],
    });
};

const shownCase = (row: AggregateRow): Shown => {
  const { caseNumber, details } = row.state as CaseState;
  const { caseId, personId, unit, agency, region, status } = row;
  return {
    header: { caseId, personId, unit, agency, region },
    value: {
      caseId,
      caseNumber,
      state: status,
      region,
      unit,
      surname: details?.surname,
      givenName: details?.givenName,
    },
  };
};

const byNumber = (edge: QueryEdge, cases: CasesTable, caseNumber: string): Shown[] => {
  const found = edge.readModel.table(caseNumbers).get(caseNumber.trim());
  const row = found && cases.get(found.caseId);
  return row ? [shownCase(row)] : [];
};

type CasesTable = ReturnType<typeof casesOf>;
const casesOf = (edge: QueryEdge) =>
  edge.readModel.table<AggregateRow>({ name: "registration" } as Parameters<
    typeof edge.readModel.table<AggregateRow>
  >[0]);

/**
 * Persons out of the caller's scope are passed over before the page is cut: a `next` for their sake would tell that
 * somebody has this number.
 */
const byPerson = async (edge: QueryEdge, cases: CasesTable, wanted: PersonQuery, { cursor, limit }: Search) => {
  const items: Shown[] = [];
  let after = cursor;
  for (let looked = 0; looked < MAX_PERSONS;) {
    const page = { limit: MAX_FOUND, ...(after === undefined ? {} : { after }) };
    const persons = await edge.vault.findPersons(wanted, page);
    for (const personId of persons) {
      const found = cases.find({ where: { personId }, order: "key", limit: MAX_FOUND }).items;
      items.push(...found.map(({ row }) => shownCase(row)).filter(({ header }) => reaches(edge.caller, header ?? {})));
      after = personId;
      if (items.length >= limit) return { items, next: personId };
    }
    if (persons.length < MAX_FOUND) return { items };
    looked += persons.length;
  }
  return { items, ...(after === undefined ? {} : { next: after }) };
};

/** Find a person or a case by any number, or by name (whole words, any script and apostrophe). */
export const searchCases = query({
  name: "SearchCases",
  method: "POST",
  path: "/cases/search",
  summary: "Find cases by exactly one of PINFL, passport, phone, case number or name, within the caller's scope",
  body: searchBody,
  async read({ body, edge }) {
    const search = body as Search;
    const way = wayOf(search);
    checkName(search);
    const cases = casesOf(edge);
    if (way === "caseNumber") return { items: byNumber(edge, cases, search.caseNumber ?? "") };
    const found = await byPerson(edge, cases, { [way]: search[way] } as unknown as PersonQuery, search);
    return { ...found, items: found.items.map((item) => ({ ...item, confirms: CONFIRMED[way] })) };
  },
});
