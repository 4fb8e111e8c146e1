import type { EventStoreDBClient } from "@eventstore/db-client";
import { StoreUnavailable } from "../port.ts";
import type { Connection, Session } from "./connection.ts";
import { isDropped, isPassing, readError } from "./errors.ts";
import { FIRST_RETRY_MILLISECONDS, LAST_RETRY_MILLISECONDS } from "./limits.ts";
import { pull, type ClientStream } from "./pull.ts";
import { within } from "./time-limit.ts";
import { untilAborted } from "./until-aborted.ts";

export interface ChunkOptions {
  /** Opens the stream where the reader is by now: it is called anew after each interruption. */
  readonly open: (client: EventStoreDBClient) => ClientStream;
  /** Errors that say something to the reader; they are thrown as they are. */
  readonly meant?: (problem: unknown) => boolean;
  /** Ends the reading: the server is told, and the signal's reason is thrown. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a stream gives, in chunks. Interrupted, it is taken up again for as long as the limit says.
 * @throws StoreUnavailable, the signal's reason, and what is `meant`.
 */
export async function* readChunks<Item>(
  connection: Connection,
  { open, meant = () => false, signal }: ChunkOptions,
): AsyncGenerator<readonly Item[], void> {
  const { clock, timers } = connection.environment;
  const { readRetryMilliseconds } = connection.limits;
  let failingSince: number | undefined;
  let wait = FIRST_RETRY_MILLISECONDS;
  for (;;) {
    try {
      const session = await sessionOf(connection, signal);
      for await (const chunk of chunksOfSession<Item>(connection, session, { open, signal })) {
        failingSince = undefined;
        wait = FIRST_RETRY_MILLISECONDS;
        yield chunk;
      }
      return;
    } catch (problem) {
      signal?.throwIfAborted();
      if (meant(problem)) throw problem;
      connection.checkOpen();
      failingSince ??= clock.monotonic();
      const isOver = clock.monotonic() - failingSince + wait > readRetryMilliseconds;
      if (problem instanceof StoreUnavailable || !isPassing(problem) || isOver)
        throw readError(problem, connection.told(problem));
      if (isDropped(problem)) continue;
    }
    await timers.sleep(wait, signal);
    wait = Math.min(2 * wait, LAST_RETRY_MILLISECONDS);
  }
}

const sessionOf = async (connection: Connection, signal: AbortSignal | undefined): Promise<Session> => {
  const { environment, limits } = connection;
  const session = within(environment.timers, limits.waitingMilliseconds, connection.session(), () => {
    throw new StoreUnavailable("EventStoreDB is away: its connection is being replaced", "not-stored");
  });
  if (signal === undefined) return session;
  const given = await untilAborted(session, signal);
  signal.throwIfAborted();
  return given ?? session;
};

async function* chunksOfSession<Item>(
  connection: Connection,
  session: Session,
  { open, signal }: Pick<ChunkOptions, "open" | "signal">,
): AsyncGenerator<readonly Item[], void> {
  const { environment, limits } = connection;
  signal?.throwIfAborted();
  const pulled = pull<Item>(open(session.reading), {
    timers: environment.timers,
    milliseconds: limits.readMilliseconds,
    onLate: () => connection.replace(session, "a read got no answer"),
  });
  const forget = connection.onClosed(pulled.cancel);
  signal?.addEventListener("abort", pulled.cancel, { once: true });
  try {
    for (let chunk = await pulled.next(); chunk !== undefined; chunk = await pulled.next()) yield chunk;
    signal?.throwIfAborted();
    connection.checkOpen();
    // The end of a session that was given up looks like the end of the events.
    if (!session.isCurrent()) throw new SessionGivenUp();
  } finally {
    forget();
    signal?.removeEventListener("abort", pulled.cancel);
    pulled.cancel();
  }
}

/** The connection was replaced in the middle of it. */
class SessionGivenUp extends Error {
  override readonly name = "SessionGivenUp";
  /** As gRPC says "unavailable": worth another try. */
  readonly code = 14;
  constructor() {
    super("the connection was replaced");
  }
}
