import type { Timers } from "@safar/kernel";

/** One try at an event: it is handled, or the pause in milliseconds before the next try. */
export type Try = (tries: number) => Promise<"handled" | { readonly pauseMs: number }>;

/**
 * Events waiting in line, one line a case: those of one case are handled one after the other, those of different cases
 * side by side. A line whose first event fails is held and takes nobody's turn: neither a place among those that are
 * handled at once, nor one among those in flight, however long it lasts.
 */
export interface Lines {
  /** Resolves when there is room for one more, or nothing is taken any more. Called by one caller at a time. */
  room(): Promise<void>;
  /** @param attempt never rejects */
  add(name: string, attempt: Try): void;
  /** After the signal: resolves when nothing is being tried. */
  idle(): Promise<void>;
}

interface Line {
  readonly name: string;
  readonly waiting: Try[];
  /** Of the first in line. */
  tries: number;
  isHeld: boolean;
}

export const createLines = (options: {
  /** Events tried at once. */
  readonly atOnce: number;
  /** Events in flight: being tried, or in a line that moves. */
  readonly inFlight: number;
  /** Events in lines that are held. */
  readonly held: number;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}): Lines => {
  const { timers, signal } = options;
  const lines = new Map<string, Line>();
  let ready: Line[] = [];
  const count = { trying: 0, inFlight: 0, held: 0 };
  let onChange: (() => void) | undefined;

  const changed = (): void => {
    onChange?.();
    onChange = undefined;
  };
  signal.addEventListener("abort", changed, { once: true });
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise<void>((resolve) => (onChange = resolve));
  };

  const move = (line: Line, isHeld: boolean): void => {
    if (line.isHeld === isHeld) return;
    line.isHeld = isHeld;
    const events = isHeld ? line.waiting.length : -line.waiting.length;
    count.held += events;
    count.inFlight -= events;
  };
  const leave = (line: Line): void => {
    move(line, false);
    line.waiting.shift();
    line.tries = 0;
    count.inFlight -= 1;
    if (line.waiting.length > 0) ready.push(line);
    else lines.delete(line.name);
  };
  const hold = (line: Line, pauseMs: number): void => {
    move(line, true);
    line.tries += 1;
    timers.sleep(pauseMs, signal).then(
      () => {
        ready.push(line);
        pump();
      },
      () => undefined,
    );
  };

  const attempt = async (line: Line, first: Try): Promise<void> => {
    const outcome = await first(line.tries);
    count.trying -= 1;
    if (outcome === "handled") leave(line);
    else hold(line, outcome.pauseMs);
    changed();
    pump();
  };
  const pump = (): void => {
    if (signal.aborted) ready = [];
    while (count.trying < options.atOnce) {
      const line = ready.shift();
      const first = line?.waiting[0];
      if (!line || !first) return;
      count.trying += 1;
      void attempt(line, first);
    }
  };

  return {
    room: () => until(() => signal.aborted || (count.inFlight < options.inFlight && count.held < options.held)),
    add(name, attempt) {
      const line = lines.get(name) ?? { name, waiting: [], tries: 0, isHeld: false };
      lines.set(name, line);
      line.waiting.push(attempt);
      count[line.isHeld ? "held" : "inFlight"] += 1;
      if (line.waiting.length > 1) return;
      ready.push(line);
      pump();
    },
    idle: () => until(() => count.trying === 0),
  };
};
