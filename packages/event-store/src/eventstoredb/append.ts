import { NO_STREAM, type EventData } from "@eventstore/db-client";
import { StoreUnavailable, type AppendResult, type EventToAppend, type ExpectedRevision } from "../port.ts";
import type { Connection } from "./connection.ts";
import { appendError, isStuck, isSurelyNotStored, StreamWasDeleted } from "./errors.ts";
import { APPEND_DEADLINE_MILLISECONDS, FIRST_RETRY_MILLISECONDS, LAST_RETRY_MILLISECONDS } from "./limits.ts";
import { ownBytes, storedMetadata } from "./metadata.ts";
import { within } from "./time-limit.ts";

/** An append as the client takes it. It never changes: each repeat has the same ids and the same revision. */
export interface PreparedAppend {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly bytes: number;
  readonly events: EventData[];
}

/** Everything is bytes before the client sees it: what it cannot serialise would never settle. */
export const preparedEvent = ({ id, type, data, metadata }: EventToAppend): EventData => ({
  id,
  type,
  contentType: "application/octet-stream",
  data: ownBytes(data),
  metadata: storedMetadata(metadata),
});

/**
 * Sends an append; what was surely not stored is sent again for a while. It settles whatever the client does. Appends are
 * the leader's: a follower would pass them on for ever, and hold on to them while it knows no leader.
 * @returns the server's own position.
 */
export const sendAppend = async (connection: Connection, append: PreparedAppend): Promise<AppendResult> => {
  const { environment, limits } = connection;
  const end = environment.clock.monotonic() + limits.appendRetryMilliseconds;
  for (let wait = FIRST_RETRY_MILLISECONDS; ; wait = Math.min(2 * wait, LAST_RETRY_MILLISECONDS)) {
    try {
      return await sendOnce(connection, append);
    } catch (problem) {
      const again = isSurelyNotStored(problem) && environment.clock.monotonic() + wait < end;
      if (!again) throw appendError(problem, append, connection.told(problem));
    }
    await environment.timers.sleep(wait);
  }
};

const sendOnce = async (connection: Connection, append: PreparedAppend): Promise<AppendResult> => {
  const { environment, limits } = connection;
  const session =
    connection.current() ??
    (await within(environment.timers, limits.waitingMilliseconds, connection.session(), () => {
      throw new StoreUnavailable("EventStoreDB is away: its connection is being replaced", "not-stored");
    }));
  const call = connection.track(
    session.appending.appendToStream(append.stream, append.events, {
      expectedRevision: append.expected === "no-stream" ? NO_STREAM : BigInt(append.expected),
      requiresLeader: true,
      deadline: Math.min(APPEND_DEADLINE_MILLISECONDS, limits.appendMilliseconds),
    }),
  );
  try {
    const { nextExpectedRevision, position } = await within(environment.timers, limits.appendMilliseconds, call, () => {
      connection.replace(session, "an append got no answer");
      throw new StoreUnavailable("EventStoreDB did not answer an append in time", "unknown");
    });
    if (position === undefined) throw new Error("EventStoreDB gave no position for an append");
    return { revision: checkRevision(append, Number(nextExpectedRevision)), position: position.commit };
  } catch (problem) {
    if (isStuck(problem)) connection.replace(session, connection.told(problem));
    throw problem;
  }
};

/** A stream that somebody deleted softly goes on numbering: it was not there, and yet the first event is not the first. */
const checkRevision = ({ stream, expected, events }: PreparedAppend, revision: number): number => {
  const last = (expected === "no-stream" ? -1 : expected) + events.length;
  if (revision !== last) throw new StreamWasDeleted(stream, revision, last);
  return revision;
};
