import type { Environment } from "@safar/kernel";
import type { EventStore, Position } from "../port.ts";
import { readAddress } from "./address.ts";
import { openConnection } from "./connection.ts";
import { defaultLimits, type EventStoreDbLimits } from "./limits.ts";
import { lastEvent, readMoveState } from "./log-on-server.ts";
import { copyEvents, noteCompletion, type MoveParts, type MovePlace } from "./move-events.ts";
import { MoveRefused } from "./move-refused.ts";
import type { MoveState } from "./move-stream.ts";
import { verifyMove } from "./verify-move.ts";

export interface MoveProgress {
  readonly phase: "copying" | "verifying";
  /** Events done in this phase of this run. */
  readonly events: number;
  /** Position in the source. */
  readonly position: Position;
}

export interface MigrateOptions {
  /** The log to move. Nobody may append to it meanwhile. */
  readonly from: EventStore;
  /** Address of the EventStoreDB to move it to, see `EventStoreDbOptions`. It holds no other events. */
  readonly to: string;
  readonly environment: Environment;
  /** What was moved before is in use: nothing may be copied any more, only compared. */
  readonly mayCopy?: boolean;
  /** Called once all is there and was compared, and before anybody may open the log. What it throws keeps it shut. */
  readonly beforeCompletion?: () => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: MoveProgress) => void;
  readonly report?: (problem: unknown) => void;
  readonly limits?: Partial<EventStoreDbLimits>;
}

export interface MoveResult {
  /** Events that were moved, in this run and before; each was read again and compared. */
  readonly events: number;
  /** Events copied in this run. */
  readonly copied: number;
  /** Position of the last one; -1n of an empty log. Later events stand above it. */
  readonly head: Position;
}

/**
 * Moves a log to EventStoreDB, byte for byte, every event with its first position and time. Stopped at any moment, it
 * goes on where it stopped when it is called again; called once more at the end, it only verifies.
 * @throws MoveRefused where the target holds other events, or the source is not the one that was begun with.
 */
export const migrateLog = async (options: MigrateOptions): Promise<MoveResult> => {
  const { from, to, environment, report = () => undefined, onProgress } = options;
  let fatal: Error | undefined;
  const connection = openConnection({
    address: readAddress(to),
    environment,
    limits: { ...defaultLimits, ...options.limits },
    report,
    onFatal: (problem) => (fatal = problem),
  });
  const parts: MoveParts = {
    connection,
    from,
    signal: options.signal ?? new AbortController().signal,
    checkAlive() {
      if (fatal !== undefined) throw fatal;
    },
    progress: (phase, events, position) => onProgress?.({ phase, events, position }),
  };
  try {
    return await move(options, parts, await readMoveState(connection));
  } finally {
    await connection.close(async () => undefined);
  }
};

const move = async (options: MigrateOptions, parts: MoveParts, state: MoveState): Promise<MoveResult> => {
  const { mayCopy = true, beforeCompletion = () => undefined } = options;
  const head = await parts.from.head();
  if (state.completed !== undefined) {
    const moved = state.marks.at(-1)?.first ?? -1n;
    if (moved !== head) throw new MoveRefused(wentOn(moved, head));
    const events = await verifyMove(parts, true);
    beforeCompletion();
    return { events, copied: 0, head };
  }
  if (!mayCopy)
    throw new MoveRefused(
      "what was moved before is in use, but no log was moved to this EventStoreDB as a whole: name the one that is in use",
    );
  const place = await placeOf(parts, state);
  const copied = await copyEvents(parts, place);
  if ((await parts.from.head()) !== (place.last?.first ?? -1n))
    throw new MoveRefused("somebody appends to the source: stop that, and run the move again");
  const events = await verifyMove(parts, false);
  beforeCompletion();
  await noteCompletion(parts, place);
  return { events, copied, head };
};

const wentOn = (moved: Position, head: Position): string =>
  `the source is not as it was moved: the move ended at position ${moved}, the source is at ${head} now. ` +
  "Nothing was changed; events that were recorded there since are not on the target, and have to be entered anew";

/** Where the move goes on: after the last event on the target, which has to be one of the source's. */
const placeOf = async ({ connection, from }: MoveParts, state: MoveState): Promise<MovePlace> => {
  const last = await lastEvent(connection);
  if (last === undefined) return { revision: state.revision, last: undefined };
  const { event, origin } = last;
  if (state.revision === -1 || origin === undefined)
    throw new MoveRefused(`the target holds other events: ${event.stream}, ${event.revision}`);
  for await (const first of from.readAll({ after: origin.position - 1n, limit: 1 })) {
    if (first.id === event.id && first.position === origin.position)
      return { revision: state.revision, last: { first: origin.position, server: event.position } };
  }
  throw new MoveRefused("the target holds a move that was begun from another log");
};
