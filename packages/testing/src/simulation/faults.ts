import type { Chance } from "./chance.ts";

/** What may go wrong with one message, and how likely each is. Probabilities are per message. */
export interface FaultRates {
  /** Refused at once: nothing was done. */
  readonly refused: number;
  /** The request never arrives; its sender hears of nothing. */
  readonly requestLost: number;
  /** It was done, but its answer never arrives. */
  readonly answerLost: number;
  /** Its sender has given up, and it arrives all the same, later. */
  readonly late: number;
  /** It arrives twice. */
  readonly doubled: number;
  /** It takes long. */
  readonly slow: number;
  /** It takes very long. */
  readonly stalled: number;
}

export type Fate = "fine" | "refused" | "request-lost" | "answer-lost" | "late" | "doubled";

/** How one message fares. */
export interface Delivery {
  readonly fate: Fate;
  /** Milliseconds there, back, and until the sender gives up. */
  readonly there: number;
  readonly back: number;
  readonly patience: number;
  /** Of a late arrival, or of the second of two. */
  readonly later: number;
  readonly isHeldBack: boolean;
}

export interface Faults {
  /** No faults from now on. */
  stop(): void;
  readonly areOn: boolean;
  deliver(rates: FaultRates): Delivery;
  happens(probability: number): boolean;
}

/** A network within one data centre, on a bad day. */
export const BAD_DAY: FaultRates = {
  refused: 0.004,
  requestLost: 0.006,
  answerLost: 0.008,
  late: 0.004,
  doubled: 0.008,
  slow: 0.02,
  stalled: 0.002,
};

const SLOW_MS = 400;
const STALLED_MS = 15_000;
/** How long a sender waits for an answer before it says that it does not know. */
const PATIENCE_MS = 1_000;

export const createFaults = (chance: Chance): Faults => {
  let areOn = true;

  const fateOf = (rates: FaultRates): Fate => {
    if (!areOn) return "fine";
    let left = chance.fraction();
    const is = (probability: number): boolean => {
      left -= probability;
      return left < 0;
    };
    if (is(rates.refused)) return "refused";
    if (is(rates.requestLost)) return "request-lost";
    if (is(rates.answerLost)) return "answer-lost";
    if (is(rates.late)) return "late";
    if (is(rates.doubled)) return "doubled";
    return "fine";
  };
  const delay = (rates: FaultRates): number => {
    const usual = 0.05 + chance.fraction();
    if (!areOn) return usual;
    if (chance.happens(rates.stalled)) return usual + chance.fraction() * STALLED_MS;
    return chance.happens(rates.slow) ? usual + chance.fraction() * SLOW_MS : usual;
  };
  return {
    stop() {
      areOn = false;
    },
    get areOn() {
      return areOn;
    },
    happens: (probability) => areOn && chance.happens(probability),
    deliver(rates) {
      const fate = fateOf(rates);
      const there = delay(rates);
      const back = delay(rates);
      return {
        fate,
        there,
        back,
        patience: PATIENCE_MS * (0.2 + chance.fraction()),
        later: fate === "late" || fate === "doubled" ? chance.fraction() * SLOW_MS * (chance.happens(0.2) ? 20 : 1) : 0,
        isHeldBack: there > 2 || back > 2 || fate !== "fine",
      };
    },
  };
};
