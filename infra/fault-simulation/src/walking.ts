import {
  chanceOf,
  createApi,
  NeverFollowed,
  StepRefused,
  walkJourney,
  type ApiOptions,
  type Kind,
  type Offering,
} from "@safar/simulator";
import { OF_THE_ERASED } from "./forgotten.ts";

export const REGISTRATIONS = "/registration/cases";

/** What somebody may hear who comes when the places are gone. */
const GONE: ReadonlySet<string> = new Set(["no-open-position", "vacancy-filled", "course-full"]);

/** Somebody for whom there was no place left, or who was erased, has come to an end too. */
const isLegalEnd = (error: unknown, isScarce: boolean, isErased: boolean): boolean =>
  error instanceof StepRefused && ((isScarce && GONE.has(error.code)) || (isErased && OF_THE_ERASED.has(error.code)));

/** Journeys of one run as they are walked. */
interface Walking {
  readonly seed: number;
  readonly options: ApiOptions;
  readonly offerings: readonly Offering[];
  readonly isScarce: boolean;
  readonly stuck: (words: string) => void;
}

/** @param onBegun called with the case, where the person may be erased on the way */
export const walk = async (
  { seed, options, offerings, isScarce, stuck }: Walking,
  index: number,
  kind: Kind,
  onBegun?: (caseId: string) => void,
): Promise<void> => {
  const name = `${seed}/${index}`;
  const api = createApi(
    {
      ...options,
      onAcknowledged(command) {
        options.onAcknowledged?.(command);
        if (command.path === REGISTRATIONS) onBegun?.(String(command.reply.body["caseId"]));
      },
    },
    name,
  );
  try {
    await walkJourney({ name, kind, chance: chanceOf(seed, index) }, api, offerings);
  } catch (error) {
    if (isLegalEnd(error, isScarce, onBegun !== undefined)) return;
    const where = error instanceof StepRefused || error instanceof NeverFollowed ? error.message : String(error);
    stuck(`journey ${name} (${kind}) could not go on: ${where}`);
  }
};
