import type { ReadModel } from "@safar/read-model";
import { cases, caseServices, UNOPENED, type CaseRow } from "../projections/case-lives.ts";
import { allows, type Filter } from "./filter.ts";
import type { Counter, LiveCase } from "./protocol.ts";

/** The last changed cases in a snapshot; where there are more, `GET /situation-center/cases` has them. */
export const MAX_SNAPSHOT_CASES = 500;

/** `eventTypes` narrows events only; the rest narrows cases and counters too. */
const whereOf = ({ regions, destinations, services }: Filter) => ({
  ...(regions && { region: regions }),
  ...(destinations && { destination: destinations }),
  ...(services && { service: services }),
});

const fits = (
  { regions, destinations, services }: Filter,
  place: { readonly [field in "region" | "destination" | "service"]?: unknown },
): boolean =>
  allows(regions, place.region) && allows(destinations, place.destination) && allows(services, place.service);

export const liveCaseOf = ({
  caseId,
  caseNumber,
  service,
  state,
  region,
  destination,
  position,
}: CaseRow): LiveCase => ({
  caseId,
  caseNumber,
  service,
  state,
  region,
  destination,
  position,
});

const countersOf = (readModel: ReadModel, filter: Filter): Counter[] => {
  const table = readModel.table(caseServices);
  const totals = new Map<string, Counter>();
  const add = (service: string, state: string, destination: string | null, count: number): void => {
    if (state === UNOPENED) return;
    const key = `${service} ${state} ${destination ?? ""}`;
    const before = totals.get(key)?.count ?? 0;
    totals.set(key, { service, state, destination, count: before + count });
  };
  if (filter.cases) {
    for (const caseId of new Set(filter.cases))
      for (const { row } of table.find({ where: { caseId } }).items)
        if (fits(filter, row)) add(row.service, row.state, row.destination, 1);
  } else
    for (const { by, count } of table.count(["service", "state", "destination", "region"]))
      if (fits(filter, by))
        add(
          String(by["service"]),
          String(by["state"]),
          by["destination"] === null ? null : String(by["destination"]),
          count,
        );
  return [...totals.values()];
};

const byNewest = (left: CaseRow, right: CaseRow): number => Number(BigInt(right.position) - BigInt(left.position));

/** The last changed first. A watch list is looked up by its cases: it has no more of them than a snapshot. */
const casesOf = (
  readModel: ReadModel,
  filter: Filter,
): { readonly rows: readonly CaseRow[]; readonly more: boolean } => {
  const table = readModel.table(cases);
  if (filter.cases) {
    const watched = [...new Set(filter.cases)].flatMap((caseId) => table.get(caseId) ?? []);
    return { rows: watched.filter((row) => fits(filter, row)).sort(byNewest), more: false };
  }
  const { items, next } = table.find({ where: whereOf(filter), limit: MAX_SNAPSHOT_CASES });
  return { rows: items.map(({ row }) => row), more: next !== undefined };
};

/** What a watcher sees first: everything up to the read model's position, read in one go. */
export const snapshotOf = (readModel: ReadModel, filter: Filter) => {
  const { rows, more } = casesOf(readModel, filter);
  return {
    position: String(readModel.position()),
    counters: countersOf(readModel, filter),
    cases: rows.map(liveCaseOf),
    ...(more ? { more: true as const } : {}),
  };
};
