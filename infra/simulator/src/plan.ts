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

/** The plans of a run: the shares are kept exactly, the order is the seed's. */
export const planJourneys = (seed: number, journeys: number): readonly Plan[] => {
  const unhappy = Object.entries(PER_MILLE).flatMap(([kind, share]) =>
    Array.from({ length: Math.round((share * journeys) / 1000) }, () => kind as Kind),
  );
  const kinds = [
    ...unhappy.slice(0, journeys),
    ...Array.from({ length: Math.max(0, journeys - unhappy.length) }, () => "happy" as const),
  ];
  return chanceOf(seed, "order")
    .shuffle(kinds)
    .map((kind, index) => ({ name: `${seed}/${index}`, kind, chance: chanceOf(seed, index) }));
};
