import type { ExpectedRevision } from "@safar/event-store";
import type { Unsigned } from "../protocol/messages.ts";

/** What an append may expect of its stream. `any` and `stream-exists` are for others: Safar always says a revision. */
export type Expected = bigint | "no-stream" | "any" | "stream-exists";

type ExpectedOption = "revision" | "streamPosition" | "noStream" | "any" | "streamExists";

export const expectedOf = (option: ExpectedOption | undefined, revision = "0" as Unsigned): Expected | undefined => {
  switch (option) {
    case "revision":
    case "streamPosition":
      return BigInt(revision);
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

/** Larger than any stream: what is larger still means the same to the store. */
const UNREACHED = BigInt(Number.MAX_SAFE_INTEGER);

export const forStore = (expected: bigint | "no-stream"): ExpectedRevision =>
  expected === "no-stream" ? expected : Number(expected > UNREACHED ? UNREACHED : expected);
