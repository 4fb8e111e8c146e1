import type { MemoryJetStream } from "@safar/event-bus";
import type { Chance } from "./chance.ts";
import type { Surroundings } from "./surroundings.ts";

/** What befalls the broker, and how likely each is at every step. */
const KILLED = 1 / 1_500;
const FOREIGN = 1 / 800;
const PURGED = 1 / 6_000;
const FULL = 1 / 4_000;

/** How long it is away: sometimes for longer than it knows ids. */
const AWAY_MS = 3_000;
const LONG_AWAY_MS = 25_000;
const FULL_MS = 5_000;
/** Acknowledgements of each durable that are lost with it: it acknowledges before it syncs to disk. */
const MAX_LOST_ACKS = 5;
const DATA_GONE = 0.15;
const OLDER_DATA = 0.3;

export interface BrokerWeather {
  step(): void;
  clear(): void;
}

/** Kills the broker, takes its data away or sets it back, fills it up, and puts in what is none of the relay's. */
export const createBrokerWeather = (
  { schedule }: Surroundings,
  broker: MemoryJetStream,
  chance: Chance,
  told: { readonly beforeDataGoes: () => void; readonly purged: () => void },
): BrokerWeather => {
  const { trace } = schedule;
  let isCleared = false;

  const loseData = (): void => {
    const draw = chance.fraction();
    if (draw > DATA_GONE + OLDER_DATA) return;
    told.beforeDataGoes();
    if (draw < DATA_GONE) {
      trace.note("the broker's data is gone");
      return broker.wipe();
    }
    const sequence = chance.between(0, broker.messages().at(-1)?.sequence ?? 0);
    const withDurables = chance.happens(0.5);
    trace.note(`the broker is as it was at ${sequence}${withDurables ? ", its durables too" : ""}`);
    broker.restore(sequence, withDurables);
  };

  const kill = (): void => {
    if (!broker.isUp) return;
    trace.note("the broker is killed");
    broker.kill(chance.between(0, MAX_LOST_ACKS));
    loseData();
    const milliseconds = chance.fraction() * (chance.happens(0.2) ? LONG_AWAY_MS : AWAY_MS);
    schedule.after(milliseconds, "the broker is started again", () => {
      if (!broker.isUp) broker.start();
    });
  };

  const fillUp = (): void => {
    broker.setQuota(broker.messages().length + chance.between(0, 3));
    schedule.after(FULL_MS, "the broker has room again", () => broker.setQuota(Infinity));
  };

  const putForeign = (): void => {
    const copied = broker.messages().at(-1 - chance.between(0, 3));
    if (copied && chance.happens(0.5)) broker.putForeign(copied.subject, { ...copied.headers });
    else broker.putForeign("safar.events.somebody.Else._._.3", { "ce-type": "Else" });
  };

  const purge = (): void => {
    trace.note("somebody purges the stream");
    told.beforeDataGoes();
    told.purged();
    broker.purge();
  };

  return {
    step() {
      if (isCleared) return;
      if (chance.happens(KILLED)) kill();
      if (chance.happens(FOREIGN) && broker.isUp) putForeign();
      if (chance.happens(PURGED) && broker.isUp) purge();
      if (chance.happens(FULL)) fillUp();
    },
    clear() {
      isCleared = true;
      broker.setQuota(Infinity);
      if (!broker.isUp) broker.start();
    },
  };
};
