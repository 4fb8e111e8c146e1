import { StoreUnavailable, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { invalidArgument, notReady, unimplemented, unknownFailure, type Failure } from "../failures.ts";
import type { ReadOptions } from "../protocol/messages.ts";
import { outgoingOf, type Outgoing, type ReadCall } from "./outgoing.ts";
import { readAll } from "./read-all.ts";
import { readStream } from "./read-stream.ts";
import { subscribeToAll } from "./subscribe-to-all.ts";
import { subscribeToStream } from "./subscribe-to-stream.ts";

export interface Reading {
  readonly store: EventStore;
  readonly environment: Environment;
  readonly options: ReadOptions;
  readonly out: Outgoing;
  /** How long a live subscriber may leave its buffer full. */
  readonly liveGraceMs: number;
  /** Aborts when the server stops. */
  readonly stopping: AbortSignal;
}

/** Sends what was asked for; a failure that it gives back ends the call. */
type Read = (reading: Reading) => Promise<Failure | undefined>;

const readerFor = (options: ReadOptions): Read | Failure => {
  const isBackwards = options.readDirection === "Backwards";
  if (options.streamOption === undefined) return invalidArgument("The read names neither a stream nor $all.");
  if (options.countOption === "count") {
    if (options.filterOption === "filter")
      return unimplemented("Filters of reads are not supported by the local stand-in; those of subscriptions are.");
    return options.streamOption === "all" ? readAll : readStream;
  }
  if (options.countOption === undefined)
    return invalidArgument("The read has neither a count nor is it a subscription.");
  if (isBackwards) return invalidArgument("A subscription goes forwards.");
  if (options.streamOption === "all") return subscribeToAll;
  if (options.filterOption === "filter") return invalidArgument("A subscription to a stream has no filter.");
  return subscribeToStream;
};

/** One call for reads and subscriptions alike: its options say which. */
export const answerRead =
  (given: Omit<Reading, "options" | "out">) =>
  (call: ReadCall): void => {
    const { options = {} } = call.request;
    const out = outgoingOf(call, given.stopping);
    const read = readerFor(options);
    if (typeof read !== "function") return void out.end(read);
    read({ ...given, options, out }).then(
      (failure) => {
        out.end(failure);
      },
      (error: unknown) => {
        out.end(error instanceof StoreUnavailable ? notReady() : unknownFailure(String(error)));
      },
    );
  };
