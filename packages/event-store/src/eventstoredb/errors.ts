import { AppendTooLarge, StoreUnavailable, WrongExpectedRevision, type ExpectedRevision } from "../port.ts";

/*
 * What the client throws: its own errors have a `type`, those of gRPC a `code`, and an append that fails before it is
 * sent (while the server's features are asked for, or a node is looked for) has neither or only the code.
 */

/** Status of gRPC. */
const CANCELLED = 1;
const UNAUTHENTICATED = 16;
const UNAVAILABLE = 14;

interface Shape {
  readonly type: string | undefined;
  readonly code: number | undefined;
  readonly message: string;
}

const shapeOf = (problem: unknown): Shape => {
  if (!(problem instanceof Error)) return { type: undefined, code: undefined, message: String(problem) };
  const type = "type" in problem && typeof problem.type === "string" ? problem.type : undefined;
  const code = "code" in problem && typeof problem.code === "number" ? problem.code : undefined;
  return { type, code, message: problem.message };
};

/** Whether trying again later can help: everything but what the server has understood and refused. */
export const isPassing = (problem: unknown): boolean => {
  const { type, code } = shapeOf(problem);
  if (type === undefined && code === undefined) return problem instanceof Error && isDiscovery(problem);
  return !["access-denied", "stream-deleted", "invalid-argument", "unsupported"].includes(type ?? "");
};

const isDiscovery = (problem: Error): boolean => problem.message.startsWith("Failed to discover");

/** True for the answer to a position at which no event stands; also for other things that the server got wrong. */
export const isUnknownPosition = (problem: unknown): boolean => {
  const { type, code } = shapeOf(problem);
  return type === "unknown" && code === 2;
};

export const isStreamNotFound = (problem: unknown): boolean => shapeOf(problem).type === "stream-not-found";

/** A live subscriber that the server dropped, as its buffer of 32 events was full: ordinary, no trouble. */
export const isDropped = (problem: unknown): boolean => shapeOf(problem).type === "timeout";

/**
 * True where an append has surely not been sent, in the only two forms that were seen: the question for the server's
 * features found no connection (gRPC's own error, which an append that was sent never ends with), or no node was found.
 * Of whatever else the outcome is unknown. That goes for "not leader" too, as it ends a stream that many appends share.
 */
export const isSurelyNotStored = (problem: unknown): boolean => {
  const { type, code } = shapeOf(problem);
  if (type !== undefined || !(problem instanceof Error)) return false;
  return code === undefined ? isDiscovery(problem) : code === UNAVAILABLE;
};

/**
 * True where the client will answer the same for ever: it keeps the failed question for the server's features, unless
 * it takes the failure for a lost connection.
 */
export const isStuck = (problem: unknown): boolean => {
  const { type, code } = shapeOf(problem);
  return type === undefined && code !== undefined && code !== UNAVAILABLE && code !== CANCELLED;
};

/** Somebody has deleted a stream on the server, which Safar never does: what was in it is not read any more. */
export class StreamWasDeleted extends Error {
  override readonly name = "StreamWasDeleted";
  constructor(stream: string, revision: number, expected: number) {
    super(
      `${stream} was deleted in EventStoreDB by other means: its next event stands at ${revision}, not at ${expected}. ` +
        "Stop writing to it, and restore the log",
    );
  }
}

interface FailedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly bytes: number;
}

/** The port's error for what the client said to an append. `told` is its message without the credentials. */
export const appendError = (problem: unknown, append: FailedAppend, told: string): Error => {
  if (problem instanceof StoreUnavailable || problem instanceof StreamWasDeleted) return problem;
  const { type, code } = shapeOf(problem);
  if (type === "wrong-expected-version") return wrongRevision(problem, append);
  if (type === "maximum-append-size-exceeded") return new AppendTooLarge(append.bytes);
  if (type === "stream-deleted") return new Error(`${append.stream} was deleted in EventStoreDB, for good`);
  if (type === "access-denied" || code === UNAUTHENTICATED) return accessDenied("append");
  if (isSurelyNotStored(problem)) return unavailable(told, "not-stored");
  return unavailable(told, "unknown");
};

const wrongRevision = (problem: unknown, { stream, expected }: FailedAppend): WrongExpectedRevision => {
  const actual = problem instanceof Error && "actualVersion" in problem ? problem.actualVersion : undefined;
  return new WrongExpectedRevision(stream, expected, typeof actual === "bigint" ? Number(actual) : "no-stream");
};

/** The port's error for a read that has failed for good. */
export const readError = (problem: unknown, told: string): Error => {
  if (problem instanceof StoreUnavailable || problem instanceof RangeError) return problem;
  const { type, code } = shapeOf(problem);
  if (type === "stream-deleted") return new Error("the stream was deleted in EventStoreDB, for good");
  if (type === "access-denied" || code === UNAUTHENTICATED) return accessDenied("read");
  return unavailable(told, "not-stored");
};

const accessDenied = (what: string): StoreUnavailable =>
  new StoreUnavailable(`EventStoreDB lets this user not ${what}: check the user in its address`, "not-stored");

const unavailable = (told: string, outcome: StoreUnavailable["outcome"]): StoreUnavailable =>
  new StoreUnavailable(`EventStoreDB is away: ${told}`, outcome);

/** One line about what the client threw; its messages on the batch path are empty. */
export const messageOf = (problem: unknown): string => {
  const { type, code, message } = shapeOf(problem);
  return message === "" ? (type ?? `code ${code ?? "unknown"}`) : message;
};
