import type { DecodedEvent } from "./decode.ts";
import { departureStatus, evolveDepartureLifecycle, initialDepartureLifecycle } from "./departure/index.ts";
import { evolvePlacementLifecycle, initialPlacementLifecycle, placementStatus } from "./placement/index.ts";
import { evolveRegistrationLifecycle, initialRegistrationLifecycle, registrationStatus } from "./registration/index.ts";
import { evolveCandidacyStatus, type CandidacyStatus } from "./selection/index.ts";
import { evolveTrainingLifecycle, initialTrainingLifecycle, trainingStatus } from "./training/index.ts";
import { evolveVisaDocsLifecycle, initialVisaDocsLifecycle, visaDocsStatus } from "./visa-docs/index.ts";

/** How a reader outside a service follows the lifecycle of one of its streams. Pure and total. */
export interface LifecycleReader {
  /** Plain JSON. */
  readonly initial: unknown;
  evolve(life: unknown, event: Pick<DecodedEvent, "type" | "data">): unknown;
  /** The lifecycle's word. */
  status(life: unknown): string;
}

const reader = <Life, Fact>(
  initial: Life,
  evolve: (life: Life, fact: Fact) => Life,
  status: (life: Life) => string,
): LifecycleReader => ({
  initial,
  evolve: (life, event) => evolve(life as Life, event as Fact),
  status: (life) => status(life as Life),
});

/** For what has no lifecycle word: the last event's name in camelCase (interface.md, Live stream). */
const lastEventName: LifecycleReader = {
  initial: "",
  evolve: (_life, { type }) => type.charAt(0).toLowerCase() + type.slice(1),
  status: String,
};

const READERS: Readonly<Record<string, LifecycleReader>> = {
  registration: reader(initialRegistrationLifecycle, evolveRegistrationLifecycle, registrationStatus),
  candidacy: reader<CandidacyStatus, Parameters<typeof evolveCandidacyStatus>[1]>(
    "closed",
    evolveCandidacyStatus,
    String,
  ),
  training: reader(initialTrainingLifecycle, evolveTrainingLifecycle, trainingStatus),
  visaDocs: reader(initialVisaDocsLifecycle, evolveVisaDocsLifecycle, visaDocsStatus),
  departure: reader(initialDepartureLifecycle, evolveDepartureLifecycle, departureStatus),
  placement: reader(initialPlacementLifecycle, evolvePlacementLifecycle, placementStatus),
};

/** The reader of a category's streams. */
export const lifecycleOf = (category: string): LifecycleReader => READERS[category] ?? lastEventName;

/** The kit's own events (`ReactionRefused`, `ReservationGivenUp`) change no lifecycle. */
export const changesLifecycle = (type: string): boolean => type !== "ReactionRefused" && type !== "ReservationGivenUp";
