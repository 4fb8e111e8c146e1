import {
  chanceOf,
  CORRIDORS,
  createApi,
  inventPerson,
  KINDS,
  prepareWorld,
  REGISTRAR,
  registrationBody,
  type ApiOptions,
  type Exchange,
  type Kind,
  type Part,
} from "@safar/simulator";
import type { Caller } from "@safar/service-kit";
import type { Act, Send } from "@safar/testing/simulation";
import { eraseOnTheWay, forgetSomebody } from "./forgotten.ts";
import { lookNowAndThen } from "./readers.ts";
import { REGISTRATIONS, walk } from "./walking.ts";

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
/** How often in the other runs the person of the first journey is erased on the way. */
const ERASED_ON_THE_WAY = 0.3;
/** Journeys that are not about one person who is registered once. */
const OTHERWISE: ReadonlySet<Kind> = new Set(["duplicatePerson", "consentMissing"]);

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
      createApi(options, `${name}/${counter}`).try(REGISTRAR, REGISTRATIONS, body),
    ),
  );
  const begun = replies.filter(({ status }) => status < 300).length;
  if (begun > 1) stuck(`one person has begun ${begun} journeys`);
};

const optionsOf = (exchange: Exchange, environment: ApiOptions["environment"], cases: string[]): ApiOptions => ({
  address: "",
  tokenOf: () => Promise.resolve(""),
  exchange,
  environment,
  pace: () => Promise.resolve(),
  patienceMs: Infinity,
  lookEveryMs: LOOK_EVERY_MS,
  onAcknowledged({ path, reply }) {
    if (path === REGISTRATIONS) cases.push(String(reply.body["caseId"]));
  },
});

/** A few journeys at once through the public doors, of every kind there is, and people who look; the seed says which. */
export const peopleOf =
  (seed: number): Act =>
  async ({ send, environment, erase, stuck }) => {
    const chance = chanceOf(seed, "people");
    const journeys = chance.between(2, MAX_JOURNEYS);
    const isScarce = chance.fraction() < 0.3;
    const cases: string[] = [];
    const exchange = exchangeOver(send);
    const options = optionsOf(exchange, environment, cases);
    const corridor = chance.pick(CORRIDORS.filter(({ workVisa }) => workVisa));
    const scarcity = isScarce ? { places: SCARCE_PLACES } : {};
    const offerings = await prepareWorld(options, String(seed), journeys, { corridors: [corridor], ...scarcity });
    const kinds = Array.from({ length: journeys }, () => chance.pick(KINDS));
    const { country } = corridor;
    const rivals = chance.fraction() < RIVALS ? [registerTwice(options, `${seed}/rivals`, country, stuck)] : [];

    const reading = { exchange, environment, chance: chanceOf(seed, "readers") };
    const isForgetful = reading.chance.fraction() < FORGOTTEN;
    const isErasing = !isForgetful && reading.chance.fraction() < ERASED_ON_THE_WAY;
    const erased = isErasing ? kinds.findIndex((kind) => !OTHERWISE.has(kind)) : undefined;
    const eraseSoon = (caseId: string): void => void eraseOnTheWay(reading, caseId, erase);
    const walking = { seed, options, offerings, isScarce, stuck };
    const walks = kinds.map((kind, index) => walk(walking, index, kind, index === erased ? eraseSoon : undefined));
    let isOver = false;
    const ended = Promise.all([...walks, ...rivals]).then(() => (isOver = true));
    const persons = kinds.map((_kind, index) => inventPerson(chanceOf(seed, index)));
    const forgotten = { name: `${seed}/forgotten`, country, erase };
    await Promise.all([
      ended,
      lookNowAndThen(reading, cases, persons, () => isOver),
      ...(isForgetful ? [forgetSomebody(reading, options, forgotten)] : []),
    ]);
  };
