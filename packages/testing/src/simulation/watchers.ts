import type { Decoder } from "@safar/contracts";
import type { Caller } from "@safar/service-kit";
import type { Chance } from "./chance.ts";
import { BAD_DAY } from "./faults.ts";
import { isAccessRecord } from "./invariants/access-records.ts";
import type { LogAudit } from "./invariants/log.ts";
import type { Places } from "./invariants/places.ts";
import type { ServiceProcess } from "./service-process.ts";
import { createSocket } from "./socket.ts";
import type { Surroundings } from "./surroundings.ts";
import type { Verdict } from "./verdict.ts";

/** Pause before a watcher whose connection broke comes back. */
const COME_BACK_MS = 300;
/** A client that hears nothing for so long, not even a heartbeat, takes the line for dead (heartbeats: 10 s). */
const DEAD_LINE_MS = 25_000;

export interface Watcher {
  readonly name: string;
  /** Its line is cut; it comes back. */
  cut(): void;
  /** Everything that it should have seen up to here it has seen, once, in order. */
  verify(): void;
  /** Has seen everything up to the head. */
  isCaughtUp(head: bigint): boolean;
}

interface Frame {
  readonly type: string;
  readonly position?: string;
  readonly events?: readonly { readonly position: string; readonly type: string; readonly stream: string }[];
}

export interface WatcherOptions {
  readonly name: string;
  readonly surroundings: Surroundings;
  readonly center: ServiceProcess;
  readonly chance: Chance;
  readonly audit: LogAudit;
  readonly decoder: Decoder;
  readonly verdict: Verdict;
  readonly places: Places;
  readonly caller: Caller;
}

/** A program that watches the live stream, for ever: it comes back where its line breaks, with its last position. */
export const openWatcher = (options: WatcherOptions): Watcher => {
  const { name, surroundings, center, chance, audit, decoder, verdict, places, caller } = options;
  const { schedule, faults, bug } = surroundings;
  const wanted = chance.happens(0.5) ? undefined : new Set(["registration", "selection", "training"]);
  const filter = wanted ? { services: [...wanted] } : {};
  const seen: bigint[] = [];
  let first: bigint | undefined;
  let upTo: bigint | undefined;
  let connection = 0;
  let cutLine: () => void = () => undefined;
  let hearsNothing: () => void = () => undefined;

  const take = (frame: Frame): void => {
    for (const event of frame.events ?? []) {
      const position = BigInt(event.position);
      if (isAccessRecord(event)) verdict.broken(10, `${name} was told of a reading (${event.stream})`);
      if (position <= (upTo ?? -1n)) verdict.broken(7, `${name} saw ${event.type} at ${position} a second time`);
      seen.push(position);
    }
    if (frame.type === "heartbeat" || frame.position === undefined) return;
    if (frame.type === "behind") return;
    upTo = BigInt(frame.position);
    first ??= upTo;
  };

  const comeBack = (): void => {
    schedule.after(COME_BACK_MS * (0.1 + chance.fraction()), `${name} comes back`, connect);
  };

  const connect = (): void => {
    connection += 1;
    const own = connection;
    const isOpen = (): boolean => own === connection;
    /** A line keeps its order, whatever holds it up. */
    const onTheWay: (() => void)[] = [];
    const end = (): void => {
      if (!isOpen()) return;
      connection += 1;
      hearsNothing();
      comeBack();
    };
    const deliver = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const { there, isHeldBack } = faults.deliver(BAD_DAY);
        onTheWay.push(() => {
          resolve();
          if (!isOpen()) return;
          expectMore();
          places.saw("the live stream", text);
          const frame = JSON.parse(text) as Frame;
          // The log was away while it caught up: it comes back, as after a break.
          if (frame.type === "refused") socket.close();
          else take(frame);
        });
        schedule.after(there, `${name} is sent a frame`, () => onTheWay.shift()?.(), { isHeldBack });
      });
    const socket = createSocket(deliver, end);
    const expectMore = (): void => {
      hearsNothing();
      hearsNothing = schedule.after(DEAD_LINE_MS, `${name} hears nothing`, () => socket.close());
    };
    cutLine = () => socket.close();
    const subscribe = (): void => {
      const after = bug === "watcher-resumes-at-the-end" && upTo !== undefined ? audit.events.at(-1)?.position : upTo;
      const wish = { type: "subscribe", id: "all", filter, ...(after === undefined ? {} : { after: String(after) }) };
      schedule.after(faults.deliver(BAD_DAY).there, `${name} subscribes`, () => {
        socket.emit("message", Buffer.from(JSON.stringify(wish)), false);
      });
    };
    const opened = center.watch(socket, caller);
    if (!opened) return end();
    expectMore();
    void opened.then(subscribe);
  };
  connect();

  const shouldHaveSeen = (): bigint[] =>
    audit.events
      .filter((event) => event.position > (first ?? 0n) && event.position <= (upTo ?? -1n))
      .filter((event) => decoder.contractOf(event)?.isPublished === true)
      .filter((event) => wanted === undefined || wanted.has(event.meta.service))
      .map(({ position }) => position);

  return {
    name,
    cut: () => cutLine(),
    isCaughtUp: (head) => {
      const last = audit.events.findLast(
        (event) =>
          decoder.contractOf(event)?.isPublished === true && (wanted === undefined || wanted.has(event.meta.service)),
      );
      return last === undefined || (upTo ?? -1n) >= last.position || (upTo ?? -1n) >= head;
    },
    verify() {
      const expected = shouldHaveSeen();
      const at = expected.findIndex((position, index) => seen[index] !== position);
      if (at >= 0) verdict.broken(7, `${name} saw ${seen[at] ?? "nothing"} where position ${expected[at]} comes next`);
      else if (seen.length > expected.length) verdict.broken(7, `${name} saw more than there was to see`);
    },
  };
};
