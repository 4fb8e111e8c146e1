import { REGISTRAR, type ApiOptions, type Chance, type Exchange, type inventPerson, type Part } from "@safar/simulator";

/** People who look: who may see, who may see a case without what is personal, and who watches over both. */
export const AUDITOR: Part = { role: "auditor" };
const SELECTOR: Part = { role: "selector", unit: "1726" };
const OPERATOR: Part = { role: "operator" };

/** Looks of one run beside its journeys: each reads some ten streams, so more would be most of a run's steps. */
const MAX_LOOKS = 10;
const LOOK_EVERY_MS = 1_500;
export type Person = ReturnType<typeof inventPerson>;
type Request = Parameters<Exchange>[0];

const get = (part: Part, path: string): Request => ({ part, method: "GET", path, headers: {}, signal: undefined });

/** Every way to a case that shows somebody something. */
export const waysTo = (caseId: string): readonly Request[] => [
  get(REGISTRAR, `/registration/cases/${caseId}`),
  get(SELECTOR, `/registration/cases/${caseId}`),
  get(OPERATOR, `/registration/cases/${caseId}`),
  get(AUDITOR, `/audit/cases/${caseId}/history`),
  get(AUDITOR, `/audit/cases/${caseId}/state`),
  get(AUDITOR, `/audit/cases/${caseId}/access`),
  get(REGISTRAR, "/registration/cases"),
];

const searchFor = (part: Part, by: Readonly<Record<string, string>>): Request => ({
  part,
  method: "POST",
  path: "/registration/cases/search",
  headers: {},
  body: JSON.stringify(by),
  signal: undefined,
});

export const searchesFor = ({ surname, pinfl, phone }: Person): readonly Request[] => [
  searchFor(REGISTRAR, { name: surname }),
  searchFor(REGISTRAR, { pinfl }),
  searchFor(AUDITOR, { phone }),
  searchFor(OPERATOR, { name: surname }),
];

export interface Reading {
  readonly exchange: Exchange;
  readonly environment: ApiOptions["environment"];
  readonly chance: Chance;
}

/** One look; that it is refused or never answered is nothing to whoever looks. */
export const look = ({ exchange, chance }: Reading, ways: readonly Request[]): Promise<unknown> =>
  exchange(chance.pick(ways)).catch(() => undefined);

/** Looks at cases and for persons now and then, until there is nothing more to see. */
export const lookNowAndThen = async (
  reading: Reading,
  cases: readonly string[],
  persons: readonly Person[],
  isOver: () => boolean,
): Promise<void> => {
  const { environment, chance } = reading;
  for (let looks = 0; looks < MAX_LOOKS && !isOver(); looks += 1) {
    await environment.timers.sleep(LOOK_EVERY_MS * chance.fraction());
    if (cases.length > 0) await look(reading, [...waysTo(chance.pick(cases)), ...searchesFor(chance.pick(persons))]);
  }
};
