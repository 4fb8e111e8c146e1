import { isRecord } from "./metadata.ts";
import type { Mark, MovedLog } from "./moved-log.ts";
import type { StoredEvent } from "./stored-event.ts";

/** The stream in which a move notes how far it is. It has no dash, so no category, and no door shows it. */
export const MOVE_STREAM = "safarMovedLog";

export const MOVE_BEGUN = "LogMoveBegun";
export const MOVE_MARKED = "LogMoveMarked";
export const MOVE_COMPLETED = "LogMoveCompleted";

/** What the move's stream says. */
export interface MoveState {
  /** Its last revision; -1: nothing was ever moved here. */
  readonly revision: number;
  readonly marks: readonly Mark[];
  /** Present once the move is complete. */
  readonly completed?: MovedLog;
}

export const markData = ({ first, server }: Mark): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ first: String(first), server: String(server) }));

export const moveStateOf = (events: readonly StoredEvent[]): MoveState => {
  const marks: Mark[] = [];
  for (const { event } of events) {
    const data: unknown = event.type === MOVE_BEGUN ? undefined : JSON.parse(new TextDecoder().decode(event.data));
    if (!isRecord(data) || typeof data["first"] !== "string" || typeof data["server"] !== "string") continue;
    marks.push({ first: BigInt(data["first"]), server: BigInt(data["server"]) });
  }
  const last = events.at(-1)?.event;
  return {
    revision: last?.revision ?? -1,
    marks,
    ...(last?.type === MOVE_COMPLETED && { completed: { marks, end: last.position } }),
  };
};
