import { chanceOf, createApi, inventPerson, REGISTRAR, registrationBody, type ApiOptions } from "@safar/simulator";
import { AUDITOR, look, searchesFor, waysTo, type Reading } from "./readers.ts";

/** How often somebody looks at a case while its person's key may still be held (a minute), and after it. */
const LOOKS_WITHIN = 5;
const LOOKS_AFTER = 6;
const MINUTE_MS = 60_000;

/** How long after the beginning of a journey its person may be erased: most take some ten seconds. */
const ON_THE_WAY_MS = 8_000;

type Erase = (caseId: string) => Promise<void>;

/** What somebody who was erased may hear in the middle of a journey: the form, the files and the name are gone. */
export const OF_THE_ERASED: ReadonlySet<string> = new Set([
  "person-erased",
  "form-not-available",
  "file-not-uploaded",
  "not-found",
]);

/** Somebody whose journey has begun is erased at any time of it. */
export const eraseOnTheWay = async ({ environment, chance }: Reading, caseId: string, erase: Erase): Promise<void> => {
  await environment.timers.sleep(ON_THE_WAY_MS * chance.fraction());
  await erase(caseId);
};

/** Somebody is registered, looked at, and erased; people go on looking, and what they can still load they load. */
export const forgetSomebody = async (
  reading: Reading,
  options: ApiOptions,
  given: { readonly name: string; readonly country: string; readonly erase: Erase },
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
