import type { ServerDuplexStream } from "@grpc/grpc-js";
import type { Timers } from "@safar/kernel";
import { stoppedFailure, unknownFailure } from "../failures.ts";
import { positionMessage } from "../positions.ts";
import type { BatchAppendRequest, BatchAppendResponse } from "../protocol/messages.ts";
import { streamIdentifier } from "../stream-names.ts";
import type { Appender } from "./appender.ts";
import { batchErrorOf } from "./batch-errors.ts";
import { createPartialAppends, type Addressee, type PartialAppend } from "./partial-appends.ts";

/** Appends of one call that are not answered: beyond it nothing more is taken from the client for the moment. */
const MAX_APPENDS_IN_FLIGHT = 1_024;

type Call = ServerDuplexStream<BatchAppendRequest, BatchAppendResponse>;
type Answer = Pick<BatchAppendResponse, "success" | "error">;

export interface BatchAppending {
  readonly append: Appender;
  readonly timers: Timers;
  /** Aborts when the server stops: what is under way is answered, then the call ends. */
  readonly stopping: AbortSignal;
}

/** Many appends in one call, each answered for itself once it is done. */
export const answerBatchAppend =
  ({ append, timers, stopping }: BatchAppending) =>
  (call: Call): void => {
    let inFlight = 0;
    let ended = false;

    const respond = ({ correlationId, stream }: Addressee, answer: Answer): void => {
      if (call.cancelled || call.writableEnded) return;
      call.write({ correlationId, streamIdentifier: streamIdentifier(stream), ...answer });
    };
    const partial = createPartialAppends({
      timers,
      refuse: (addressee, error) => {
        respond(addressee, { error });
      },
    });
    const endWhenDone = (): void => {
      if (inFlight > 0 || call.writableEnded) return;
      if (stopping.aborted) call.emit("error", stoppedFailure());
      else if (ended) call.end();
    };
    const carryOut = async (whole: PartialAppend): Promise<void> => {
      const outcome = await append(whole);
      if (outcome.kind !== "appended") {
        respond(whole, { error: batchErrorOf(outcome, whole.expected) });
        return;
      }
      const position = positionMessage(outcome.position);
      respond(whole, { success: { currentRevision: String(outcome.revision), position } });
    };
    const start = (whole: PartialAppend): void => {
      inFlight += 1;
      if (inFlight >= MAX_APPENDS_IN_FLIGHT) call.pause();
      carryOut(whole)
        .catch((problem: unknown) => call.emit("error", unknownFailure(String(problem))))
        .finally(() => {
          inFlight -= 1;
          if (call.isPaused() && !stopping.aborted && inFlight < MAX_APPENDS_IN_FLIGHT) call.resume();
          endWhenDone();
        });
    };
    const stop = (): void => {
      call.pause();
      endWhenDone();
    };

    if (stopping.aborted) {
      stop();
      return;
    }
    stopping.addEventListener("abort", stop);
    call.on("data", (request: BatchAppendRequest) => {
      const whole = partial.add(request);
      if (whole !== undefined) start(whole);
    });
    call.on("end", () => {
      ended = true;
      endWhenDone();
    });
    call.on("cancelled", () => {
      partial.forget();
      stopping.removeEventListener("abort", stop);
    });
    call.on("finish", () => {
      stopping.removeEventListener("abort", stop);
    });
  };
