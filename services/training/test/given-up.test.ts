import t, { type Test } from "tap";
import { openMemoryEventStore, type EventStore } from "@safar/event-store";
import type { Environment } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import { course } from "../src/aggregates.ts";
import { done, openDoors } from "./support/doors.ts";

/** What the watchdog does with seats whose enrolment never came. */

const real = realEnvironment();
const LOOK_EVERY_MS = 10_000;
const GIVE_UP_AFTER_MS = 60_000;
/** A look that never ends fails the test, and does not hold it up. */
const LIMIT = { timeout: 60_000 };

/** The watchdog looks when the test says so, and by the clock that the test sets. */
const byHand = () => {
  let passed = 0;
  let next = Promise.withResolvers<() => void>();
  const sleep: Environment["timers"]["sleep"] = (milliseconds, signal) => {
    if (milliseconds !== LOOK_EVERY_MS) return real.timers.sleep(milliseconds, signal);
    const woken = Promise.withResolvers<undefined>();
    const wake = (): void => woken.resolve(undefined);
    signal?.addEventListener("abort", wake);
    next.resolve(wake);
    return woken.promise;
  };
  const environment: Environment = {
    ...real,
    clock: { ...real.clock, now: () => real.clock.now() + passed },
    timers: { ...real.timers, sleep },
  };
  return {
    environment,
    pass: (milliseconds: number) => (passed += milliseconds),
    /** Resolves once it has looked. */
    async look() {
      const wake = await next.promise;
      next = Promise.withResolvers();
      wake();
      await next.promise;
    },
  };
};

const start = async (t: Test) => {
  const { environment, pass, look } = byHand();
  const memory = openMemoryEventStore({ environment });
  const sick = new Set<string>();
  const store: EventStore = {
    ...memory,
    append: (stream, ...rest) =>
      sick.has(stream) ? Promise.reject(new Error("not this one")) : memory.append(stream, ...rest),
  };
  const doors = await openDoors(t, { environment, store });
  const { kit, settled } = doors.node;
  const caseId = await doors.newCase();
  const courseId = await doors.newCourse({ capacity: 200 });
  return {
    doors,
    courseId,
    pass,
    /** A case whose stream takes nothing any more. */
    newSickCase: async (): Promise<string> => {
      const sickCase = await doors.newCase();
      sick.add(`training-${sickCase}`);
      return sickCase;
    },
    /** The first half of an enrolment whose second half never comes. */
    async reserve(transactionId = environment.random.uuid(), of = caseId) {
      const context = {
        actor: { id: "trainer", role: "trainer", kind: "human" },
        occurredAt: "2026-03-02T04:00:00Z",
        correlationId: "test",
      } as const;
      const command = { type: "ReserveSeat", enrolmentId: environment.random.uuid(), caseId: of };
      await kit.executor.execute({ aggregate: course, id: courseId, command, transactionId, context });
    },
    async look() {
      await settled();
      await look();
      await settled();
    },
    seats: async () => Object.keys((await doors.shown(`/training/courses/${courseId}`)).data.seats as object).length,
    givenUp: () => /safar_reservations_given_up_total\{service="training"\} (\d+)/.exec(kit.metrics.text())?.[1],
  };
};

t.test("a seat that was taken back already is looked at once more, and then never again", LIMIT, async (t) => {
  const { doors, courseId, reserve, pass, look, seats, givenUp } = await start(t);
  await reserve();
  done(await doors.trainer.post(`/training/courses/${courseId}/cancellations`, { reason: "no-teacher" }));
  t.equal(await seats(), 0, "the cancellation took it back");
  for (let looks = 0; looks < 3; looks += 1) {
    pass(GIVE_UP_AFTER_MS);
    await look();
  }
  t.same(await doors.refusedReactions(), [`course-${courseId}`], "it is on record, once, that nothing was left");
  t.equal(givenUp(), undefined, "nothing was given up");
});

t.test("a seat that cannot be given up does not hide the ones behind it", LIMIT, async (t) => {
  const { reserve, newSickCase, pass, look, seats, givenUp } = await start(t);
  // First and last in the table, which is looked through by transaction.
  await reserve("00000000-0000-4000-8000-000000000000", await newSickCase());
  await reserve("ffffffff-ffff-4fff-bfff-ffffffffffff");
  pass(GIVE_UP_AFTER_MS);
  await look();
  t.equal(givenUp(), "1");
  t.equal(await seats(), 1);
});
