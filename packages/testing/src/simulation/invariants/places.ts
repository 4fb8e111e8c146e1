import type { Verdict } from "../verdict.ts";
import type { ClearValues } from "./clear-values.ts";

/** Where nothing personal may ever be in clear, whoever it is about: log, tables, messages, the live stream. */
export interface Places {
  saw(place: string, text: string): void;
  verify(): void;
}

export const createPlaces = (values: ClearValues, verdict: Verdict): Places => {
  /** Text to where it was first: most texts are seen again and again. */
  const texts = new Map<string, string>();
  return {
    saw(place, text) {
      if (!texts.has(text)) texts.set(text, place);
    },
    verify() {
      const found = [...texts].find(([text]) => values.whoIsIn(text) !== undefined);
      if (found) verdict.broken(11, `a personal value stands in clear in ${found[1]}`);
    },
  };
};
