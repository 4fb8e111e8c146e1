import type { ExpectedRevision } from "@safar/event-store";
import type { Unsigned } from "../protocol/messages.ts";

/** What an append may expect of its stream; the last two are for other clients, Safar always says a revision. */
export type Expected = ExpectedRevision | "any" | "stream-exists";

/** A revision that no stream has reached: larger ones mean the same. */
const unreachable = BigInt(Number.MAX_SAFE_INTEGER);

export const expectedOf = (
  option: "revision" | "streamPosition" | "noStream" | "any" | "streamExists" | undefined,
  revision: Unsigned | undefined,
): Expected | undefined => {
  switch (option) {
    case "revision":
    case "streamPosition": {
      const value = BigInt(revision ?? "0");
      return Number(value > unreachable ? unreachable : value);
    }
    case "noStream":
      return "no-stream";
    case "any":
      return "any";
    case "streamExists":
      return "stream-exists";
    case undefined:
      return undefined;
  }
};
