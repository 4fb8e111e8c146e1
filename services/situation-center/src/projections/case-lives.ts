import { categoryOf, changesLifecycle, lifecycleOf, SERVICE_CONTRACTS, type DecodedEvent } from "@safar/contracts";
import type { Projection } from "@safar/read-model";

export const SERVICE_CATEGORIES: readonly string[] = SERVICE_CONTRACTS.map(({ category }) => category);

/** The lifecycles of some streams of one case, and what the last change came to. */
interface Lives {
  readonly lives: Readonly<Record<string, unknown>>;
  readonly caseId: string;
  readonly service: string;
  readonly state: string;
  readonly region: string | null;
  readonly destination: string | null;
  readonly position: string;
}

/** The state of a stream that holds only facts that came early. */
export const UNOPENED = "unopened";

/** Bookkeeping of selection's that no operator follows: the applications themselves are counted. */
const UNWATCHED: ReadonlySet<string> = new Set(["candidacy"]);

const isWatched = (event: DecodedEvent): boolean =>
  event.meta.caseId !== undefined && changesLifecycle(event.type) && !UNWATCHED.has(categoryOf(event.stream));

const livesAfter = (row: Lives | undefined, event: DecodedEvent): Lives => {
  const reader = lifecycleOf(categoryOf(event.stream));
  const life = reader.evolve(row?.lives[event.stream] ?? reader.initial, event);
  const state = reader.status(life);
  // Facts that came early are no news of a case: it stands where its last opened stream does.
  const isNews = state !== UNOPENED || row === undefined;
  return {
    lives: { ...row?.lives, [event.stream]: life },
    caseId: event.meta.caseId ?? "",
    service: isNews ? event.meta.service : row.service,
    state: isNews ? state : row.state,
    region: event.meta.region ?? row?.region ?? null,
    destination: event.meta.destination ?? row?.destination ?? null,
    position: String(event.position),
  };
};

export interface CaseRow extends Lives {
  readonly caseNumber: string | null;
}

/** One row a case: where its last changed stream stands. */
export const cases: Projection<CaseRow> = {
  name: "cases",
  version: 2,
  categories: SERVICE_CATEGORIES,
  keysOf: (event) => (isWatched(event) ? [event.meta.caseId ?? ""] : []),
  project(row, event) {
    const { caseNumber } = event.data;
    return {
      ...livesAfter(row, event),
      caseNumber: typeof caseNumber === "string" ? caseNumber : (row?.caseNumber ?? null),
    };
  },
  indexes: ["caseId", "service", "state", "region", "destination"],
};

/** One row a case and service: a case counts once in each service where it has an opened stream. */
export const caseServices: Projection<Lives> = {
  name: "caseServices",
  version: 2,
  categories: SERVICE_CATEGORIES,
  keysOf: (event) => (isWatched(event) ? [`${event.meta.caseId ?? ""}/${event.meta.service}`] : []),
  project: (row, event) => livesAfter(row, event),
  indexes: ["caseId", "service", "state", "region", "destination"],
};
