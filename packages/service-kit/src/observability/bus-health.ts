import type { BusTrouble } from "@safar/event-bus";
import type { Kit } from "../runtime/kit.ts";
import { createProbe } from "./probe.ts";

/** How long a durable may bring nothing before readiness tells: a restart of NATS and the relay's next look take less. */
const TROUBLE_MS = 30_000;
/** What is known of the stream a second ago says enough, and every replica of every service asks. */
const ASKED_AFTER_MS = 1_000;
/**
 * The broker may be busy, and so may this process: an answer takes over a second then, and reactions go on. Longer than
 * one lost answer is waited for (4 s), so that it can be asked again. What lasts longer is told.
 */
export const BUS_GRACE_MS = 6_000;

const WHAT_TO_DO: Readonly<Record<BusTrouble["kind"], string>> = {
  missing: "missing at the broker: see that the relay runs, and knows this service",
  changed: "not as the relay makes them: see that the relay runs, and who changes them",
  unanswered: "not answered for: see that the broker runs, and that this service has its rights",
};

const sentencesOf = (troubles: readonly BusTrouble[]): readonly string[] =>
  [...Map.groupBy(troubles, ({ consumer, kind }) => `${consumer} ${kind}`).values()].flatMap((alike) => {
    const [first] = alike;
    return first ? [`${alike.length} of ${first.consumer}'s durables are ${WHAT_TO_DO[first.kind]}`] : [];
  });

/**
 * Asks what brings events how it is: why reactions stand still, in sentences for the operator; none where they do not.
 * Only a stream that has answered before is given time: a process is not whole before it has seen that events can come.
 */
export const createBusHealth = ({ bus, environment, log }: Kit): (() => Promise<readonly string[]>) => {
  let hasAnswered = false;
  let why: string | undefined;
  let isTold = false;

  const failingFor = createProbe(environment, ASKED_AFTER_MS, async () => {
    try {
      await bus.check();
      hasAnswered = true;
      why = undefined;
    } catch (error) {
      why = String(error);
      throw error;
    }
  });

  const isAway = async (): Promise<boolean> => {
    const forMs = await failingFor();
    if (forMs === undefined) {
      if (isTold) log.warn("events are brought to reactions again");
      isTold = false;
      return false;
    }
    if (hasAnswered && forMs < BUS_GRACE_MS) return false;
    // It is asked for twice a second: what is told once is read.
    if (!isTold)
      log.warn({ reason: why ?? "the broker did not answer in time" }, "events are not brought to reactions");
    isTold = true;
    return true;
  };

  return async () => {
    const lasting = bus.status().troubles.filter(({ forMs }) => forMs >= TROUBLE_MS);
    const away = (await isAway()) ? ["the stream of events does not answer; the log of this process says why"] : [];
    return [...away, ...sentencesOf(lasting)];
  };
};
