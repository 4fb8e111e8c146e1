import type { ServerDuplexStream } from "@grpc/grpc-js";
import { MAX_APPEND_BYTES, type EventToAppend } from "@safar/event-store";
import type { Timers } from "@safar/kernel";
import { unknownFailure } from "../failures.ts";
import { positionMessage } from "../positions.ts";
import type {
  BatchAppendRequest,
  BatchAppendResponse,
  BatchError,
  ProposedMessage,
  UuidMessage,
} from "../protocol/messages.ts";
import { streamIdentifier, streamNameOf } from "../stream-names.ts";
import { uuidOf } from "../uuids.ts";
import type { Appender } from "./appender.ts";
import { badRequest, batchErrorOf, batchTimeout } from "./batch-errors.ts";
import { expectedOf, type Expected } from "./expected.ts";
import { eventOf } from "./proposed.ts";

/** Appends of one call that are not answered: beyond it nothing more is taken from the client for the moment. */
const MAX_APPENDS_IN_FLIGHT = 1_024;
/** Appends of one call of which only a part has come. Clients send the parts of one after the other. */
const MAX_PARTIAL_APPENDS = 64;
/** How long EventStoreDB waits for the rest of an append, in milliseconds: its WriteTimeoutMs. */
const PARTIAL_APPEND_MS = 2_000;

/** An append whose parts are still coming. */
interface PartialAppend {
  readonly correlationId: UuidMessage;
  readonly stream: string;
  readonly expected: Expected;
  readonly events: EventToAppend[];
  bytes: number;
}

type Call = ServerDuplexStream<BatchAppendRequest, BatchAppendResponse>;
type Answer = Pick<BatchAppendResponse, "success"> | Pick<BatchAppendResponse, "error">;

/** Many appends in one call, each answered for itself, in the order in which they are done. */
export const answerBatchAppend =
  ({ append, timers }: { readonly append: Appender; readonly timers: Timers }) =>
  (call: Call): void => {
    const partial = new Map<string, PartialAppend>();
    let inFlight = 0;
    let ended = false;

    const respond = ({ correlationId, stream }: Pick<PartialAppend, "correlationId" | "stream">, answer: Answer) => {
      if (call.cancelled || call.writableEnded) return;
      call.write({ correlationId, streamIdentifier: streamIdentifier(stream), ...answer });
    };
    const endWhenDone = (): void => {
      if (ended && inFlight === 0 && !call.writableEnded) call.end();
    };
    const carryOut = async ({ stream, expected, events, bytes, correlationId }: PartialAppend): Promise<void> => {
      const outcome = await append({ stream, expected, events, bytes });
      const answer: Answer =
        outcome.kind === "appended"
          ? { success: { currentRevision: String(outcome.revision), position: positionMessage(outcome.position) } }
          : { error: batchErrorOf(outcome, expected) };
      respond({ correlationId, stream }, answer);
    };
    const start = (complete: PartialAppend): void => {
      inFlight += 1;
      if (inFlight >= MAX_APPENDS_IN_FLIGHT) call.pause();
      carryOut(complete)
        .catch((problem: unknown) => call.emit("error", unknownFailure(String(problem))))
        .finally(() => {
          inFlight -= 1;
          if (call.isPaused() && inFlight < MAX_APPENDS_IN_FLIGHT) call.resume();
          endWhenDone();
        });
    };
    /** Takes the first part of an append: what it is about. */
    const begin = (key: string, request: BatchAppendRequest): PartialAppend | BatchError | undefined => {
      const { options, correlationId } = request;
      if (options === undefined || correlationId === undefined) return partial.get(key);
      const expected = expectedOf(options.expectedStreamPosition, options.streamPosition);
      if (expected === undefined) return badRequest("The append says nothing of the stream's expected revision.");
      if (partial.size >= MAX_PARTIAL_APPENDS) return badRequest("Too many appends of which only a part has come.");
      const begun = { correlationId, stream: streamNameOf(options.streamIdentifier), expected, events: [], bytes: 0 };
      partial.set(key, begun);
      return begun;
    };
    /** Like EventStoreDB: an append that was refused for one of its parts is answered a second time by this. */
    const giveUpLater = (key: string, begun: PartialAppend): void => {
      timers.after(PARTIAL_APPEND_MS, () => {
        if (partial.get(key) !== begun) return;
        partial.delete(key);
        respond(begun, { error: batchTimeout() });
      });
    };
    /** Adds this part's events; false where one of them is refused. */
    const addEvents = (about: PartialAppend, messages: readonly ProposedMessage[]): boolean => {
      for (const message of messages) {
        const proposed = eventOf(message);
        if ("event" in proposed) {
          about.events.push(proposed.event);
          about.bytes += proposed.bytes;
          continue;
        }
        const reason = "missing" in proposed ? `The given key '${proposed.missing}' was not present.` : proposed.wrong;
        respond(about, { error: badRequest(reason) });
        return false;
      }
      return true;
    };
    const take = (request: BatchAppendRequest): void => {
      const { correlationId = {}, options } = request;
      const key = uuidOf(correlationId) ?? "";
      const about = begin(key, request);
      if (about === undefined) return;
      if ("code" in about) {
        respond({ correlationId, stream: streamNameOf(options?.streamIdentifier) }, { error: about });
        return;
      }
      const isWhole = addEvents(about, request.proposedMessages ?? []) && request.isFinal === true;
      if (isWhole || about.bytes > MAX_APPEND_BYTES) {
        partial.delete(key);
        start(about);
      } else if (options !== undefined) giveUpLater(key, about);
    };

    call.on("data", take);
    call.on("end", () => {
      ended = true;
      endWhenDone();
    });
    call.on("cancelled", () => {
      partial.clear();
    });
  };
