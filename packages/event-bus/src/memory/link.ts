import { StreamError } from "../lifecycle/port.ts";
import type { Broker } from "./broker-state.ts";
import type { Exchange, MemoryFaults } from "./faults.ts";

/** One connection to the broker: what is sent on it arrives in that order, or not at all. */
export interface Link {
  /** Does something at the broker and brings the answer. @throws StreamError `away`, or what the work throws */
  exchange<T>(kind: Exchange, work: () => T): Promise<T>;
  /** Brings what the broker sends by itself; false: it is lost on the way. */
  bring(kind: Exchange): Promise<boolean>;
  /** Sends without an answer. */
  tell(kind: Exchange, work: () => void): void;
}

/** As the client's own limit. */
const ANSWER_MS = 5_000;

export const createLink = (broker: Broker, faults: MemoryFaults): Link => {
  const { timers } = broker.environment;
  let arrivals: Promise<void> = Promise.resolve();

  const travel = async (kind: Exchange): Promise<void> => {
    const delay = faults.delay(kind);
    if (delay > 0) await timers.sleep(delay);
  };
  /** Resolves when what is sent now has arrived behind all that was sent before. */
  const arrive = (kind: Exchange): Promise<void> => (arrivals = arrivals.then(() => travel(kind)));
  const noAnswer = async (): Promise<never> => {
    await timers.sleep(ANSWER_MS);
    throw new StreamError("away", "the broker did not answer in time");
  };

  return {
    async exchange(kind, work) {
      const fate = faults.fate(kind);
      const { kills } = broker;
      await arrive(kind);
      if (fate === "request-lost" || !broker.isUp || broker.kills !== kills) return noAnswer();
      const answer = work();
      await travel(kind);
      if (fate === "answer-lost" || broker.kills !== kills) return noAnswer();
      return answer;
    },
    async bring(kind) {
      const isLost = faults.fate(kind) !== "ok";
      const { kills } = broker;
      await travel(kind);
      return !isLost && broker.kills === kills;
    },
    tell(kind, work) {
      const isLost = faults.fate(kind) === "request-lost";
      const { kills } = broker;
      void arrive(kind).then(() => {
        if (!isLost && broker.isUp && broker.kills === kills) work();
      });
    },
  };
};
