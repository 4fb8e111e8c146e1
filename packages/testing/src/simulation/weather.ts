import type { Chance } from "./chance.ts";
import type { BrokerWeather } from "./broker-weather.ts";
import type { Crashable } from "./crashable.ts";
import type { Surroundings } from "./surroundings.ts";

/** What befalls whole processes, and how likely each is at every step. */
const CRASH = 1 / 500;
const LOG_AWAY = 1 / 3_000;
const CLOCK_JUMP = 1 / 600;
const LINE_CUT = 1 / 400;
const REPEAT = 1 / 150;

/** How long a crashed process is down: mostly a moment, sometimes as long as somebody needs to notice. */
const SHORT_DOWN_MS = 400;
const LONG_DOWN_MS = 20_000;
const LOG_AWAY_MS = 8_000;
/** How far a clock may be wrong. */
const MAX_SKEW_MS = 120_000;

export interface Weather {
  /** Called before every step: perhaps something happens. */
  step(): void;
  /** Nothing happens any more, and what is down comes back. */
  clear(): void;
  readonly crashes: number;
}

export const createWeather = (options: {
  readonly surroundings: Surroundings;
  readonly chance: Chance;
  readonly processes: readonly Crashable[];
  /** By how many milliseconds whose clock is wrong. */
  readonly skews: Map<string, number>;
  /** Where there is a broker. */
  readonly broker?: BrokerWeather | undefined;
  readonly cutALine: () => void;
  readonly repeatACommand: () => void;
}): Weather => {
  const { surroundings, chance, processes, skews, broker, cutALine, repeatACommand } = options;
  const { schedule, faults, logAway } = surroundings;
  const down = new Map<Crashable, () => void>();
  let crashes = 0;

  const start = (process: Crashable): void => {
    down.delete(process);
    schedule.trace.note(`${process.name} starts`);
    process.start();
  };

  const crash = (process: Crashable): void => {
    if (down.has(process)) return;
    crashes += 1;
    schedule.trace.note(`${process.name} crashes`);
    process.crash();
    const milliseconds = chance.fraction() * (chance.happens(0.1) ? LONG_DOWN_MS : SHORT_DOWN_MS);
    down.set(
      process,
      schedule.after(milliseconds, `${process.name} is started again`, () => start(process)),
    );
  };

  const loseTheLog = (): void => {
    if (logAway.isAway) return;
    schedule.trace.note("the log goes away");
    logAway.isAway = true;
    schedule.after(chance.fraction() * LOG_AWAY_MS, "the log is back", () => {
      logAway.isAway = false;
    });
  };

  const wrongClock = (name: string): void => {
    const skew = Math.round((chance.fraction() * 2 - 1) * MAX_SKEW_MS);
    skews.set(name, chance.happens(0.3) ? 0 : skew);
  };

  return {
    step() {
      if (!faults.areOn) return;
      if (chance.happens(CRASH)) crash(chance.pick(processes));
      if (chance.happens(LOG_AWAY)) loseTheLog();
      if (chance.happens(CLOCK_JUMP)) wrongClock(chance.pick(["log", ...processes.map(({ name }) => name)]));
      if (chance.happens(LINE_CUT)) cutALine();
      if (chance.happens(REPEAT)) repeatACommand();
      broker?.step();
    },
    clear() {
      faults.stop();
      logAway.isAway = false;
      for (const [process, cancel] of [...down]) {
        cancel();
        start(process);
      }
      broker?.clear();
      schedule.release();
    },
    get crashes() {
      return crashes;
    },
  };
};
