import type { sendUnaryData, ServerReadableStream } from "@grpc/grpc-js";
import type { EventToAppend } from "@safar/event-store";
import {
  accessDenied,
  appendTooLarge,
  invalidArgument,
  notReady,
  requiredMetadataMissing,
  timedOut,
  unimplemented,
  unknownFailure,
  type Failure,
} from "../failures.ts";
import { positionMessage } from "../positions.ts";
import type { AppendOptions, AppendRequest, AppendResponse } from "../protocol/messages.ts";
import { streamNameOf } from "../stream-names.ts";
import type { AppendOutcome, Appender, AppendToDo } from "./appender.ts";
import { expectedOf, type Expected } from "./expected.ts";
import { eventOf } from "./proposed.ts";
import { countedBytes, MAX_APPEND_BYTES } from "./size.ts";

/** One append in a call of its own: first the options, then one message for each event. */
export const answerAppend =
  (append: Appender) =>
  (call: ServerReadableStream<AppendRequest, AppendResponse>, callback: sendUnaryData<AppendResponse>): void => {
    const answer = async (): Promise<void> => {
      const received = await receive(call);
      if ("code" in received) return void callback(received);
      const response = responseTo(await append(received), received.expected);
      if ("code" in response) callback(response);
      else callback(null, response);
    };
    answer().catch((error: unknown) => {
      callback(unknownFailure(String(error)));
    });
  };

const receive = async (call: AsyncIterable<AppendRequest>): Promise<AppendToDo | Failure> => {
  let options: AppendOptions | undefined;
  let bytes = 0;
  const events: EventToAppend[] = [];
  for await (const message of call) {
    options ??= message.options;
    if (message.proposedMessage === undefined) continue;
    const proposed = eventOf(message.proposedMessage);
    if ("missing" in proposed) return requiredMetadataMissing(proposed.missing);
    if ("wrong" in proposed) return unknownFailure(proposed.wrong);
    bytes += countedBytes(proposed);
    if (bytes > MAX_APPEND_BYTES) return appendTooLarge(MAX_APPEND_BYTES);
    events.push(proposed);
  }
  const expected = expectedOf(options?.expectedStreamRevision, options?.revision);
  if (expected === undefined) return invalidArgument("The append says nothing of the stream's expected revision.");
  return { stream: streamNameOf(options?.streamIdentifier), expected, events, bytes };
};

const responseTo = (outcome: AppendOutcome, expected: Expected): AppendResponse | Failure => {
  switch (outcome.kind) {
    case "appended":
      return {
        success: { currentRevision: String(outcome.revision), position: positionMessage(outcome.position) },
      };
    case "wrong-expected":
      return { wrongExpectedVersion: { ...currentOf(outcome.actual), ...expectedMessage(expected) } };
    case "too-large":
      return appendTooLarge(MAX_APPEND_BYTES);
    case "malformed":
      return unknownFailure(outcome.message);
    case "not-supported":
      return unimplemented(outcome.message);
    case "denied":
      return accessDenied();
    case "not-ready":
      return notReady();
    case "timed-out":
      return timedOut("the append may be in the log or not");
  }
};

const currentOf = (actual: number | "no-stream") =>
  actual === "no-stream" ? { currentNoStream: {} } : { currentRevision: String(actual) };

const expectedMessage = (expected: Expected) => {
  switch (expected) {
    case "no-stream":
      return { expectedNoStream: {} };
    case "any":
      return { expectedAny: {} };
    case "stream-exists":
      return { expectedStreamExists: {} };
    default:
      return { expectedRevision: String(expected) };
  }
};
