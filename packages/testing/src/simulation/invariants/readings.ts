import { SCOPES, streamName } from "@safar/contracts";
import { KEY_CACHE_MILLISECONDS } from "@safar/vault";
import type { DoorAnswer, DoorRequest } from "../doors.ts";
import type { Schedule } from "../schedule.ts";
import type { Verdict } from "../verdict.ts";
import { createAccessRecords } from "./access-records.ts";
import type { ClearValues } from "./clear-values.ts";
import type { LogAudit } from "./log.ts";

/** A request that a process has received: the same that arrives twice is read twice, and on record twice. */
export interface Arrival {
  readonly id: string;
  readonly request: DoorRequest;
  readonly at: number;
}

/** What people are shown: only what is on record by then, and nothing of somebody who was erased. */
export interface Readings {
  arrived(request: DoorRequest, id: string): Arrival;
  /** The answer leaves the process, whether it arrives or not. */
  left(arrival: Arrival, answer: DoorAnswer): void;
  /** The person of a case; undefined: there is no such case. */
  personOf(caseId: string): string | undefined;
  erased(personId: string): void;
  /** How many answers have shown something. */
  readonly shown: number;
  verify(): void;
}

/** What an answer says of one case, or of none. */
interface Part {
  readonly caseId: string | undefined;
  readonly document: unknown;
}

const CASE_IN_PATH = /\/cases\/([0-9a-f-]{36})/;

const partsOf = ({ path }: DoorRequest, { body }: DoorAnswer): readonly Part[] => {
  const caseId = typeof body["caseId"] === "string" ? body["caseId"] : CASE_IN_PATH.exec(path)?.[1];
  const { items } = body;
  if (caseId !== undefined || !Array.isArray(items)) return [{ caseId, document: body }];
  return items.map((item: Readonly<Record<string, unknown>>) => ({
    caseId: typeof item["caseId"] === "string" ? item["caseId"] : undefined,
    document: item,
  }));
};

const isCommand = ({ headers }: DoorRequest): boolean => headers["idempotency-key"] !== undefined;
const isSearch = ({ path, body }: DoorRequest): boolean =>
  path.endsWith("/search") && !Object.hasOwn(body as object, "caseNumber");

export const createReadings = (options: {
  readonly audit: LogAudit;
  readonly values: ClearValues;
  readonly schedule: Schedule;
  readonly verdict: Verdict;
}): Readings => {
  const { audit, values, schedule, verdict } = options;
  const records = createAccessRecords(audit, verdict);
  /** Person to the time of the erasure. */
  const erasures = new Map<string, number>();
  let arrivals = 0;
  let shown = 0;

  const personOf = (caseId: string): string | undefined => {
    const stream = streamName("registration", caseId);
    return audit.events.find((event) => event.stream === stream && event.meta.personId !== undefined)?.meta.personId;
  };
  /** Every process has dropped the key that it held. */
  const isForgotten = (personId: string | undefined, { at }: Arrival): boolean =>
    at > (erasures.get(personId ?? "") ?? Infinity) + KEY_CACHE_MILLISECONDS;

  const judge = (arrival: Arrival, { status }: DoorAnswer, { caseId = "no case", document }: Part): void => {
    const { id, request } = arrival;
    const what = `${request.method} ${request.path} for the ${request.caller.role} (${id})`;
    const owner = personOf(caseId);
    const seen = values.whoIsIn(JSON.stringify(document)) ?? owner;
    if (seen === undefined || !values.shows(document, seen)) return;
    shown += 1;
    if (status >= 300 || isCommand(request))
      verdict.broken(10, `${what} was answered with ${status}, and shows personal values`);
    if (!SCOPES[request.caller.role].seesPersonalData) verdict.broken(10, `${what} shows what this role may not see`);
    if (seen !== owner) verdict.broken(10, `${what} shows values of another person than the case is about`);
    const count = records.count(caseId, id);
    if (count !== 1) verdict.broken(10, `${what} was answered when ${count} records of it were in access-${caseId}`);
    if (isForgotten(seen, arrival)) verdict.broken(11, `${what} shows values of a person who was erased`);
  };
  /** The history of somebody who was erased stays whole; what is gone is named. */
  const judgeErased = (arrival: Arrival, { caseId = "", document }: Part): void => {
    const { request } = arrival;
    const owner = personOf(caseId);
    if (request.path.endsWith("/history") && isForgotten(owner, arrival))
      if (!JSON.stringify(document).includes('"erased":["/'))
        verdict.broken(11, `${request.path} does not say that its person was erased`);
    if (isSearch(request) && arrival.at > (erasures.get(owner ?? "") ?? Infinity))
      verdict.broken(11, `${request.path} finds a person who was erased`);
  };

  return {
    arrived(request, id) {
      arrivals += 1;
      return { id: isCommand(request) ? id : `${id}-${arrivals}`, request, at: schedule.now() };
    },
    left(arrival, answer) {
      const { id, request } = arrival;
      for (const part of partsOf(request, answer)) {
        judge(arrival, answer, part);
        if (answer.status === 200) judgeErased(arrival, part);
      }
      const [, caseId] = /^\/audit\/cases\/([0-9a-f-]{36})\/access$/.exec(request.path) ?? [];
      if (caseId !== undefined && answer.status === 200 && records.count(caseId, id) !== 1)
        verdict.broken(10, `who looked at ${caseId} was read (${id}), and that is not on record`);
    },
    personOf,
    erased: (personId) => void erasures.set(personId, schedule.now()),
    get shown() {
      return shown;
    },
    verify: () => records.verify(),
  };
};
