import type { Consumer } from "@safar/event-bus";
import type { EventStore, Execution, Executor, Outcome, SubscribeOptions } from "@safar/event-store";
import type { RefusalOf } from "@safar/kernel";
import type { Kit } from "@safar/service-kit";
import type { DoorRequest } from "../doors.ts";
import type { Incarnation } from "../incarnation.ts";
import type { Surroundings } from "../surroundings.ts";

/** How long a consumer takes over what it has acknowledged already. */
const LAG_MS = 50;

/** The event counts as handled at once; what follows from it is done later, if the process lives so long. */
const acknowledgedFirst = ({ schedule }: Surroundings, from: Incarnation, consumer: Consumer): Consumer => ({
  ...consumer,
  async handle(event, tries) {
    const handle = (): void =>
      void consumer.handle(event, tries).catch(() => schedule.after(LAG_MS, "again", handle, { owner: from }));
    schedule.after(LAG_MS * from.environment.random.fraction(), `${from.name} does what it has acknowledged`, handle, {
      owner: from,
    });
  },
});

/** Nothing is acknowledged before its time, but the next event of the case does not wait for it. */
const twoAtOnce = ({ schedule }: Surroundings, from: Incarnation, consumer: Consumer): Consumer => ({
  ...consumer,
  async handle(event, tries) {
    const work = async (wait: number): Promise<void> => {
      await from.environment.timers.sleep(wait);
      await consumer.handle(event, tries).catch(() => work(LAG_MS));
    };
    void work(schedule.now() % LAG_MS);
  },
});

export const consumerWithBug = (surroundings: Surroundings, from: Incarnation, consumer: Consumer): Consumer => {
  if (surroundings.bug === "ack-before-reaction") return acknowledgedFirst(surroundings, from, consumer);
  if (surroundings.bug === "two-events-of-a-case-at-once") return twoAtOnce(surroundings, from, consumer);
  return consumer;
};

/** A break is taken for the end of what was sent: what was on its way then is never seen. */
const resumedPast = (store: EventStore): EventStore => ({
  ...store,
  subscribe: (options: SubscribeOptions) => ({
    async *[Symbol.asyncIterator]() {
      let { after } = options;
      while (!options.signal.aborted)
        try {
          for await (const message of store.subscribe({ ...options, after })) yield message;
        } catch {
          after = await store.head();
        }
    },
  }),
});

export const storeWithBug = ({ bug }: Surroundings, store: EventStore): EventStore =>
  bug === "resumed-past-what-was-applied" ? resumedPast(store) : store;

/** A transaction that the reserving stream knows is taken for done. */
const recognisedByTheReservation = (executor: Executor): Executor => {
  const reserved = new Map<string, Outcome>();
  return {
    ...executor,
    async execute<Refusal extends RefusalOf<string>>(execution: Execution<unknown>): Promise<Outcome<Refusal>> {
      const earlier = reserved.get(execution.transactionId);
      if (earlier && execution.aggregate.ofCase) return earlier as Outcome<Refusal>;
      const outcome = await executor.execute<Refusal>(execution);
      if (outcome.kind === "recorded" && outcome.repeated && !execution.aggregate.ofCase)
        reserved.set(execution.transactionId, outcome);
      return outcome;
    },
  };
};

export const executorWithBug = ({ bug }: Surroundings, kit: Kit): Kit =>
  bug === "transaction-in-the-reserving-stream" ? { ...kit, executor: recognisedByTheReservation(kit.executor) } : kit;

/** The keys of an earlier life are not known any more. */
export const requestWithBug = ({ bug }: Surroundings, request: DoorRequest, life: number): DoorRequest => {
  const key = request.headers["idempotency-key"];
  if (bug !== "key-forgotten" || key === undefined || life === 1) return request;
  return { ...request, headers: { ...request.headers, "idempotency-key": `${key}-${life}` } };
};
