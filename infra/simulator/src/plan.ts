import { chanceOf, type Chance } from "./random.ts";

/** How a journey goes. */
export const KINDS = [
  "happy",
  "lateFacts",
  "startsAbroad",
  "duplicatePerson",
  "consentMissing",
  "consentWithdrawn",
  "candidateWithdraws",
  "visaRefused",
  "disputedPlacement",
  "compensationRejected",
] as const;
export type Kind = (typeof KINDS)[number];

/** Of a thousand journeys; the rest goes well. Each unhappy path is common enough to occur in a small run. */
const PER_MILLE: Readonly<Record<Exclude<Kind, "happy">, number>> = {
  lateFacts: 60,
  startsAbroad: 30,
  duplicatePerson: 20,
  consentMissing: 20,
  consentWithdrawn: 25,
  candidateWithdraws: 55,
  visaRefused: 45,
  disputedPlacement: 30,
  compensationRejected: 35,
};

export interface Plan {
  /** `7/12`: seed and number; names the journey's own stream of chance and its keys. */
  readonly name: string;
  readonly kind: Kind;
  readonly chance: Chance;
}

/** Journeys that are planned together, and share vacancies and courses: no course is larger than a school can hold. */
export const JOURNEYS_A_WAVE = 200;

const shareOf = (perMille: number): number => Math.round((perMille * JOURNEYS_A_WAVE) / 1000);

/** The kinds of a whole wave: the shares are kept exactly, the order is the seed's. */
const planWave = (seed: number, wave: number): readonly Kind[] => {
  const unhappy = Object.entries(PER_MILLE).flatMap(([kind, perMille]) =>
    Array.from({ length: shareOf(perMille) }, () => kind as Kind),
  );
  const happy = Array.from({ length: JOURNEYS_A_WAVE - unhappy.length }, () => "happy" as const);
  return chanceOf(seed, `order-${wave}`).shuffle([...unhappy, ...happy]);
};

/** The plans of a run. A longer run of the same seed begins with the shorter one, so that it goes on from there. */
export const planJourneys = (seed: number, journeys: number): readonly Plan[] => {
  const waves = Array.from({ length: Math.ceil(journeys / JOURNEYS_A_WAVE) }, (_, wave) => planWave(seed, wave));
  return waves
    .flat()
    .slice(0, journeys)
    .map((kind, index) => ({ name: `${seed}/${index}`, kind, chance: chanceOf(seed, index) }));
};
