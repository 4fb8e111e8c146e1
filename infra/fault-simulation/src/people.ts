import {
  chanceOf,
  CORRIDORS,
  createApi,
  inventPerson,
  KINDS,
  NeverFollowed,
  prepareWorld,
  REGISTRAR,
  registrationBody,
  StepRefused,
  walkJourney,
  type ApiOptions,
  type Exchange,
  type Kind,
  type Offering,
  type Part,
} from "@safar/simulator";
import type { Caller } from "@safar/service-kit";
import type { Act, Send } from "@safar/testing/simulation";
import { forgetSomebody, lookNowAndThen } from "./readers.ts";

/** Journeys of one run: enough that they meet each other, few enough that a thousand seeds are run in minutes. */
const MAX_JOURNEYS = 4;
/** Places of every course and vacancy where they are scarce. */
const SCARCE_PLACES = 2;
const LOOK_EVERY_MS = 250;
/** How often the same person is registered at several counters at once. */
const RIVALS = 0.4;
const COUNTERS = 3;

/** How often somebody is erased: it takes more than a minute until no process can hold the key any more. */
const FORGOTTEN = 0.25;

/** What somebody may hear who comes when the places are gone. */
const GONE: ReadonlySet<string> = new Set(["no-open-position", "vacancy-filled", "course-full"]);

const callerOf = ({ role, unit, subject = [role, unit].filter(Boolean).join("-") }: Part): Caller => ({
  issuer: "simulation",
  subject,
  role,
  ...(unit === undefined ? {} : { unit }),
  expiresAt: Number.MAX_SAFE_INTEGER,
});

/** The simulator's requests, brought to the doors of the simulated processes. */
const exchangeOver =
  (send: Send): Exchange =>
  async ({ part, method, path, headers, body }) =>
    send({
      method,
      path,
      caller: callerOf(part),
      headers,
      ...(body === undefined ? {} : { body: typeof body === "string" ? (JSON.parse(body) as unknown) : body }),
    });

/** Somebody for whom there was no place left has come to an end too. */
const isLegalEnd = (error: unknown, isScarce: boolean): boolean =>
  error instanceof StepRefused && isScarce && GONE.has(error.code);

/** The same person at several counters at once: one of them begins the journey, the others are told of it. */
const registerTwice = async (
  options: ApiOptions,
  name: string,
  country: string,
  stuck: (words: string) => void,
): Promise<void> => {
  const body = registrationBody(inventPerson(chanceOf(name)), country);
  const replies = await Promise.all(
    Array.from({ length: COUNTERS }, (_, counter) =>
      createApi(options, `${name}/${counter}`).try(REGISTRAR, "/registration/cases", body),
    ),
  );
  const begun = replies.filter(({ status }) => status < 300).length;
  if (begun > 1) stuck(`one person has begun ${begun} journeys`);
};

/** A few journeys at once through the public doors, of every kind there is; the seed says which. */
export const peopleOf =
  (seed: number): Act =>
  async ({ send, environment, erase, stuck }) => {
    const chance = chanceOf(seed, "people");
    const journeys = chance.between(2, MAX_JOURNEYS);
    const isScarce = chance.fraction() < 0.3;
    const cases: string[] = [];
    const exchange = exchangeOver(send);
    const options: ApiOptions = {
      address: "",
      tokenOf: () => Promise.resolve(""),
      exchange,
      environment,
      pace: () => Promise.resolve(),
      patienceMs: Infinity,
      lookEveryMs: LOOK_EVERY_MS,
      onAcknowledged: ({ path, reply }) => {
        if (path === "/registration/cases") cases.push(String(reply.body["caseId"]));
      },
    };
    const corridors = [chance.pick(CORRIDORS.filter(({ workVisa }) => workVisa))];
    const scarcity = isScarce ? { places: SCARCE_PLACES } : {};
    const offerings = await prepareWorld(options, String(seed), journeys, { corridors, ...scarcity });
    const walk = async (index: number, kind: Kind, given: readonly Offering[]): Promise<void> => {
      const name = `${seed}/${index}`;
      const plan = { name, kind, chance: chanceOf(seed, index) };
      try {
        await walkJourney(plan, createApi(options, name), given);
      } catch (error) {
        if (isLegalEnd(error, isScarce)) return;
        const where = error instanceof StepRefused || error instanceof NeverFollowed ? error.message : String(error);
        stuck(`journey ${name} (${kind}) could not go on: ${where}`);
      }
    };
    const kinds = Array.from({ length: journeys }, () => chance.pick(KINDS));
    const country = corridors[0]?.country ?? "DE";
    const rivals = chance.fraction() < RIVALS ? [registerTwice(options, `${seed}/rivals`, country, stuck)] : [];
    const reading = { exchange, environment, chance: chanceOf(seed, "readers") };
    const persons = kinds.map((_kind, index) => inventPerson(chanceOf(seed, index)));
    let isOver = false;
    const walks = Promise.all([...kinds.map((kind, index) => walk(index, kind, offerings)), ...rivals]);
    const ended = walks.then(() => void (isOver = true));
    const name = `${seed}/forgotten`;
    const forgotten =
      reading.chance.fraction() < FORGOTTEN ? [forgetSomebody(reading, options, { name, country, erase })] : [];
    await Promise.all([ended, lookNowAndThen(reading, cases, persons, () => isOver), ...forgotten]);
  };
