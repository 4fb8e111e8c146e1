import {
  createApi,
  inventPerson,
  REGISTRAR,
  registrationBody,
  chanceOf,
  type ApiOptions,
  type Chance,
  type Exchange,
  type Part,
} from "@safar/simulator";
import type { Environment } from "@safar/kernel";

/** People who look: who may see, who may see a case without what is personal, and who watches over both. */
const AUDITOR: Part = { role: "auditor" };
const SELECTOR: Part = { role: "selector", unit: "1726" };
const OPERATOR: Part = { role: "operator" };

/** Looks of one run beside its journeys: each reads some ten streams, so more would be most of a run's steps. */
const MAX_LOOKS = 10;
const LOOK_EVERY_MS = 1_500;
/** How often somebody looks at a case while its person's key may still be held (a minute), and after it. */
const LOOKS_WITHIN = 5;
const LOOKS_AFTER = 6;
const MINUTE_MS = 60_000;

type Person = ReturnType<typeof inventPerson>;
type Request = Parameters<Exchange>[0];

const get = (part: Part, path: string): Request => ({ part, method: "GET", path, headers: {}, signal: undefined });

/** Every way to a case that shows somebody something. */
const waysTo = (caseId: string): readonly Request[] => [
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

const searchesFor = ({ surname, pinfl, phone }: Person): readonly Request[] => [
  searchFor(REGISTRAR, { name: surname }),
  searchFor(REGISTRAR, { pinfl }),
  searchFor(AUDITOR, { phone }),
  searchFor(OPERATOR, { name: surname }),
];

export interface Reading {
  readonly exchange: Exchange;
  readonly environment: Environment;
  readonly chance: Chance;
}

/** One look; that it is refused or never answered is nothing to whoever looks. */
const look = ({ exchange, chance }: Reading, ways: readonly Request[]): Promise<unknown> =>
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

/** Somebody is registered, looked at, and erased; people go on looking, and what they can still load they load. */
export const forgetSomebody = async (
  reading: Reading,
  options: ApiOptions,
  given: { readonly name: string; readonly country: string; readonly erase: (caseId: string) => Promise<void> },
): Promise<void> => {
  const { environment, exchange } = reading;
  const person = inventPerson(chanceOf(given.name));
  const api = createApi(options, given.name);
  const registered = await api.do(REGISTRAR, "/registration/cases", registrationBody(person, given.country));
  const caseId = String(registered["caseId"]);
  const ways = [...waysTo(caseId), ...searchesFor(person)];
  await Promise.all(ways.map((way) => exchange(way).catch(() => undefined)));
  await given.erase(caseId);
  for (let looks = 0; looks < LOOKS_WITHIN; looks += 1) {
    await look(reading, ways);
    await environment.timers.sleep(MINUTE_MS / LOOKS_WITHIN);
  }
  await environment.timers.sleep(1);
  for (let looks = 0; looks < LOOKS_AFTER; looks += 1) await look(reading, ways);
  const history = await api.get(AUDITOR, `/audit/cases/${caseId}/history`);
  if (history.status !== 200) throw new Error(`the history of an erased person was answered with ${history.status}`);
};
