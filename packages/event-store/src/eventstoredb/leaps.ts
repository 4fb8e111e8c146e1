import type { Position } from "../port.ts";
import { isRecord } from "./metadata.ts";
import type { Numbering } from "./moved-log.ts";
import type { StoredEvent } from "./stored-event.ts";

/** The stream that says where positions leap. It has no dash, so no category, and no door shows it. */
export const LEAP_STREAM = "safarLogContinued";
export const LEAP = "LogContinuedAbove";

/**
 * The log was restored to an older state, and positions above its end had been given out: what stands behind a leap on
 * the server is shown above them.
 */
export interface Leap {
  /** Where the leap is noted on the server. */
  readonly server: Position;
  /** Every later event is shown above it. */
  readonly above: Position;
}

export const leapData = (above: Position): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ above: String(above) }));

export const leapsOf = (events: readonly StoredEvent[]): readonly Leap[] =>
  events.flatMap(({ event }) => {
    const data: unknown = event.type === LEAP ? JSON.parse(new TextDecoder().decode(event.data)) : undefined;
    if (!isRecord(data) || typeof data["above"] !== "string") return [];
    return [{ server: event.position, above: BigInt(data["above"]) }];
  });

const lower = (one: Position, other: Position | undefined): Position =>
  other === undefined || one < other ? one : other;

/** `under` up to the first leap; behind each one the server's positions, so much higher. Leaps are few: one a restore. */
export const leapingNumbering = (under: Numbering, leaps: readonly Leap[]): Numbering => {
  const [first] = leaps;
  if (first === undefined) return under;
  const behind = (passes: (leap: Leap) => boolean) => {
    const index = leaps.findLastIndex(passes);
    const leap = leaps[index];
    return leap && { offset: leap.above - leap.server, next: leaps[index + 1] };
  };
  const ofServer = (server: Position) => behind((leap) => leap.server < server);
  return {
    shown(stored) {
      const part = ofServer(stored.event.position);
      if (part === undefined) return under.shown(stored);
      return { ...stored.event, position: stored.event.position + part.offset };
    },
    // Up to where a part ends: the server's own events may take more room before a leap than the leap leaves for them.
    toShown(server) {
      const part = ofServer(server);
      return part === undefined
        ? lower(under.toShown(server), first.above)
        : lower(server + part.offset, part.next?.above);
    },
    isMoved: (server) => under.isMoved(server),
    // Between the end of one part and the beginning of the next nothing is shown: there a part ends at the next leap.
    toServer(after) {
      const part = behind((leap) => leap.above <= after);
      return part === undefined
        ? lower(under.toServer(after), first.server)
        : lower(after - part.offset, part.next?.server);
    },
    toServerAbove(before) {
      const part = behind((leap) => leap.above < before);
      return part === undefined
        ? lower(under.toServerAbove(before), first.server)
        : lower(before - part.offset, part.next?.server);
    },
  };
};
