import type { BusTrouble } from "@safar/event-bus";
import type { Kit } from "../runtime/kit.ts";

/** How long a durable may bring nothing before readiness tells: a restart of NATS and the relay's next look take less. */
const TROUBLE_MS = 30_000;
/** How long the broker's answer is waited for: who asks for readiness waits 2 s (the gateway) or 5 s (a probe). */
const ANSWER_MS = 1_000;

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

/** Asks what brings events how it is: why reactions stand still, in sentences for the operator; none where they do not. */
export const createBusHealth = ({ bus, environment, log }: Kit): (() => Promise<readonly string[]>) => {
  const { timers } = environment;
  let isTold = false;

  /** @throws what it says, or that it says nothing */
  const check = async (): Promise<void> => {
    let cancel = (): void => undefined;
    const tooLate = new Promise<never>((_resolve, reject) => {
      cancel = timers.after(ANSWER_MS, () => {
        reject(new Error("the broker did not answer in time"));
      });
    });
    try {
      await Promise.race([bus.check(), tooLate]);
    } finally {
      cancel();
    }
  };

  return async () => {
    const lasting = bus.status().troubles.filter(({ forMs }) => forMs >= TROUBLE_MS);
    try {
      await check();
      if (isTold) log.warn("events are brought to reactions again");
      isTold = false;
      return sentencesOf(lasting);
    } catch (error) {
      // It is asked for twice a second: what is told once is read.
      if (!isTold) log.warn({ reason: String(error) }, "events are not brought to reactions");
      isTold = true;
      return ["the stream of events does not answer; the log of this process says why", ...sentencesOf(lasting)];
    }
  };
};
