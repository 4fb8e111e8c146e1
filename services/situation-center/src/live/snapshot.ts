import type { ReadModel } from "@safar/read-model";
import { cases, caseServices, UNOPENED, type CaseRow } from "../projections/case-lives.ts";
import type { Filter } from "./filter.ts";
import type { Counter, LiveCase } from "./protocol.ts";

/** The last changed cases in a snapshot; where there are more, `GET /situation-center/cases` has them. */
export const MAX_SNAPSHOT_CASES = 500;

type Where = Readonly<Record<string, readonly string[]>>;

/** `eventTypes` narrows events only; the rest narrows cases and counters too. */
const whereOf = ({ regions, destinations, services, cases: watched }: Filter): Where =>
  Object.fromEntries(
    Object.entries({ region: regions, destination: destinations, service: services, caseId: watched }).filter(
      (entry): entry is [string, string[]] => entry[1] !== undefined,
    ),
  );

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
  const { regions, destinations, services } = filter;
  const totals = new Map<string, Counter>();
  const add = (service: string, state: string, destination: string | null, count: number): void => {
    if (state === UNOPENED) return;
    const key = `${service} ${state} ${destination ?? ""}`;
    const before = totals.get(key)?.count ?? 0;
    totals.set(key, { service, state, destination, count: before + count });
  };
  const fits = (wanted: readonly string[] | undefined, value: unknown): boolean =>
    wanted === undefined || (typeof value === "string" && wanted.includes(value));
  if (filter.cases) {
    for (const caseId of filter.cases)
      for (const { row } of table.find({ where: { caseId } }).items)
        if (fits(regions, row.region) && fits(destinations, row.destination) && fits(services, row.service))
          add(row.service, row.state, row.destination, 1);
  } else
    for (const { by, count } of table.count(["service", "state", "destination", "region"]))
      if (fits(regions, by["region"]) && fits(destinations, by["destination"]) && fits(services, by["service"]))
        add(
          String(by["service"]),
          String(by["state"]),
          by["destination"] === null ? null : String(by["destination"]),
          count,
        );
  return [...totals.values()];
};

/** What a watcher sees first: everything up to the read model's position, read in one go. */
export const snapshotOf = (readModel: ReadModel, filter: Filter) => {
  const { items, next } = readModel.table(cases).find({ where: whereOf(filter), limit: MAX_SNAPSHOT_CASES });
  return {
    position: String(readModel.position()),
    counters: countersOf(readModel, filter),
    cases: items.map(({ row }) => liveCaseOf(row)),
    ...(next === undefined ? {} : { more: true as const }),
  };
};
