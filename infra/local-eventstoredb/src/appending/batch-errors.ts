import { status } from "@grpc/grpc-js";
import type { ExpectedRevision } from "@safar/event-store";
import type { BatchError } from "../protocol/messages.ts";
import type { AppendOutcome } from "./appender.ts";
import type { Expected } from "./expected.ts";
import { MAX_APPEND_BYTES } from "./size.ts";

const error = (code: status, message: string, type: string, fields: Readonly<Record<string, unknown>> = {}) => ({
  code,
  message,
  details: { "@type": `type.googleapis.com/${type}`, ...fields },
});

const ofEventStore = (code: status, message: string, fields?: Readonly<Record<string, unknown>>): BatchError =>
  error(code, message, `event_store.client.${message}`, fields);

export const badRequest = (message: string): BatchError =>
  ofEventStore(status.INVALID_ARGUMENT, "BadRequest", { message });

export const batchTimeout = (): BatchError => ofEventStore(status.DEADLINE_EXCEEDED, "Timeout");

/** The client knows the kind by the details, and shows `message` only where it does not know it. */
export const batchErrorOf = (outcome: Exclude<AppendOutcome, { kind: "appended" }>, expected: Expected): BatchError => {
  switch (outcome.kind) {
    case "wrong-expected":
      return ofEventStore(status.ALREADY_EXISTS, "WrongExpectedVersion", {
        ...currentOf(outcome.actual),
        ...expectedMessage(expected),
      });
    case "too-large":
      return ofEventStore(status.INVALID_ARGUMENT, "MaximumAppendSizeExceeded", { maxAppendSize: MAX_APPEND_BYTES });
    case "malformed":
      return badRequest(outcome.message);
    case "not-supported":
      return error(status.UNIMPLEMENTED, outcome.message, "google.protobuf.Empty");
    case "denied":
      return ofEventStore(status.PERMISSION_DENIED, "AccessDenied");
    case "not-ready":
      return error(status.UNAVAILABLE, "Server Is Not Ready", "google.protobuf.Empty");
    case "timed-out":
      return batchTimeout();
  }
};

const currentOf = (actual: ExpectedRevision) =>
  actual === "no-stream" ? { currentNoStream: {} } : { currentStreamRevision: String(actual) };

const expectedMessage = (expected: Expected) => {
  switch (expected) {
    case "no-stream":
      return { expectedNoStream: {} };
    case "any":
      return { expectedAny: {} };
    case "stream-exists":
      return { expectedStreamExists: {} };
    default:
      return { expectedStreamPosition: String(expected) };
  }
};
