import type { RecordedEvent } from "@safar/event-store";
import { handlerFailure, invalidArgument, type Failure } from "../failures.ts";
import type { FilterExpression, FilterOptions } from "../protocol/messages.ts";
import { typeAndContent } from "../stored-type.ts";

/** Log events that EventStoreDB looks at in one go where the client does not say how many. */
const DEFAULT_SEARCH_WINDOW = 32;

export interface Filter {
  readonly passes: (event: RecordedEvent) => boolean;
  /** After so many log events, matching or not, the subscriber hears how far it has come. */
  readonly checkpointInterval: number;
}

const isFailure = (value: object): value is Failure => "code" in value;

/** By regular expression where there is one, else by prefixes; both see the whole name. */
const testOf = ({ regex = "", prefix = [] }: FilterExpression): ((name: string) => boolean) | Failure => {
  if (regex === "") return (name) => prefix.some((start) => name.startsWith(start));
  try {
    const expression = new RegExp(regex);
    return (name) => expression.test(name);
  } catch {
    return handlerFailure();
  }
};

export const filterOf = (options: FilterOptions): Filter | Failure => {
  const { filter: subject, max, checkpointIntervalMultiplier = 0 } = options;
  if (subject === undefined) return invalidArgument("The filter has no expression.");
  if (checkpointIntervalMultiplier === 0) return invalidArgument("The checkpoint interval has to be above 0.");
  const test = testOf(options[subject] ?? {});
  if (isFailure(test)) return test;
  const nameOf: (event: RecordedEvent) => string =
    subject === "eventType" ? ({ type }) => typeAndContent(type).type : ({ stream }) => stream;
  return {
    passes: (event) => test(nameOf(event)),
    checkpointInterval: (max ?? DEFAULT_SEARCH_WINDOW) * checkpointIntervalMultiplier,
  };
};
