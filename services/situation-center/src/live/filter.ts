import { z } from "zod";

/** More values than there are regions, countries or services say no more than none. */
const MAX_VALUES = 100;
/** A watch list of cases; longer ones are several subscriptions. */
const MAX_CASES = 500;

const values = z.array(z.string().min(1).max(80)).min(1).max(MAX_VALUES);

/** All values within one key are alternatives, keys are joined by and. */
export const filterSchema = z.strictObject({
  regions: values.optional(),
  destinations: values.optional(),
  services: values.optional(),
  eventTypes: values.optional(),
  cases: z.array(z.string().toLowerCase().pipe(z.uuid())).min(1).max(MAX_CASES).optional(),
});
export type Filter = z.infer<typeof filterSchema>;

/** What of an event a filter looks at. */
export interface Filterable {
  readonly region: string | undefined;
  readonly destination: string | undefined;
  readonly service: string;
  readonly type: string;
  readonly caseId: string | undefined;
}

/** Whether a value passes one key of a filter. */
export const allows = (wanted: readonly string[] | undefined, value: unknown): boolean =>
  wanted === undefined || (typeof value === "string" && wanted.includes(value));

/** One test per subscription, made once. */
export const matcherOf = (filter: Filter): ((event: Filterable) => boolean) => {
  const { regions, destinations, services, eventTypes, cases } = filter;
  const watched = cases && new Set(cases);
  return (event) =>
    allows(regions, event.region) &&
    allows(destinations, event.destination) &&
    allows(services, event.service) &&
    allows(eventTypes, event.type) &&
    (watched === undefined || (event.caseId !== undefined && watched.has(event.caseId)));
};
