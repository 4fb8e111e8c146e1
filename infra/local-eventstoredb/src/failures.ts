import { Metadata, status, type StatusObject } from "@grpc/grpc-js";

/** How a call ends when it fails. Not an Error: it is an answer, made for the client to read. */
export type Failure = Pick<StatusObject, "code" | "details" | "metadata">;

/** Codes, sentences and the metadata by which EventStoreDB's clients tell one failure from another. */
const failure = (code: status, details: string, metadata: Readonly<Record<string, string>> = {}): Failure => {
  const sent = new Metadata();
  for (const [key, value] of Object.entries(metadata)) sent.set(key, value);
  return { code, details, metadata: sent };
};

export const invalidArgument = (details: string): Failure => failure(status.INVALID_ARGUMENT, details);

export const unimplemented = (details: string): Failure => failure(status.UNIMPLEMENTED, details);

/** The credentials are wrong: whatever the call is. */
export const unauthenticated = (): Failure => failure(status.UNAUTHENTICATED, "Unauthenticated");

export const accessDenied = (): Failure =>
  failure(status.PERMISSION_DENIED, "Access Denied", { exception: "access-denied" });

export const notReady = (): Failure => failure(status.UNAVAILABLE, "Server Is Not Ready");

/** How EventStoreDB's calls end when it stops; whether an append was stored is open then. */
export const stoppedFailure = (): Failure => failure(status.INTERNAL, "The server is shutting down.");

export const timedOut = (reason: string): Failure => failure(status.ABORTED, `Operation timed out: ${reason}`);

/** The live subscriber is further behind than the buffer goes; it has to subscribe again. */
export const consumerTooSlow = (): Failure =>
  timedOut("Consumer too slow to handle event while live. Client resubscription required.");

/** What EventStoreDB says where it did not expect what it was asked; nobody can act on it. */
export const handlerFailure = (): Failure => failure(status.UNKNOWN, "Exception was thrown by handler.");

export const unknownFailure = (details: string): Failure => failure(status.UNKNOWN, details);

export const appendTooLarge = (maxAppendBytes: number): Failure =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${maxAppendBytes} Exceeded.`, {
    exception: "maximum-append-size-exceeded",
    "maximum-append-size": String(maxAppendBytes),
  });

export const requiredMetadataMissing = (property: string): Failure =>
  failure(status.INVALID_ARGUMENT, `Required Metadata Property '${property}' is missing`, {
    exception: "missing-required-metadata-property",
    "required-metadata-properties": "type,content-type",
  });
