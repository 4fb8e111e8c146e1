import t from "tap";
import type { Environment } from "@safar/kernel";
import { MAX_PAGE } from "@safar/read-model";
import { realEnvironment } from "@safar/service-kit";
import { selection } from "../src/index.ts";
import { openDoors } from "./support/doors.ts";

/** What a process leaves half done when it dies. */

const real = realEnvironment();
const MINUTE_MS = 60_000;
const PATIENCE_MS = 20_000;

/** The clock is moved by hand, and nothing is waited for longer than a moment. */
const movedByHand = () => {
  let ahead = 0;
  const clock = { ...real.clock, now: () => real.clock.now() + ahead };
  const sleep: Environment["timers"]["sleep"] = (ms, signal) => real.timers.sleep(Math.min(ms, 20), signal);
  return {
    environment: { ...real, clock, timers: { ...real.timers, sleep } },
    move: (milliseconds: number): void => void (ahead += milliseconds),
  };
};

t.test("one that was left is given up, however many others are at work", async (t) => {
  const { environment, move } = movedByHand();
  const { node, newCase, newEmployer, newVacancy, apply } = await openDoors(t, environment);
  const vacancyId = await newVacancy(await newEmployer(), { positions: MAX_PAGE + 2 });
  const caseId = await newCase();
  const applicationId = await apply(vacancyId, caseId);
  const rule = selection.reservations?.find(({ reserved }) => reserved.type === "PositionReserved");
  if (!rule) return t.fail("no rule for reserved positions");
  const { executor } = node.kit;
  const uuid = () => environment.random.uuid();
  const reserve = async (transactionId: string, of: object): Promise<void> => {
    const { kind } = await executor.execute({
      aggregate: rule.limit,
      id: vacancyId,
      command: { type: "ReservePosition", offerId: uuid(), ...of },
      transactionId,
      context: {
        actor: { id: "selection", role: "service", kind: "system" },
        occurredAt: "2026-02-16T09:00:00Z",
        correlationId: "test",
      },
    });
    if (kind !== "recorded") throw new Error(kind);
  };
  // In the order of transactions it stands behind all others.
  await reserve("ffffffff-ffff-4fff-bfff-ffffffffffff", { applicationId, caseId });
  move(2 * MINUTE_MS);
  for (let others = 0; others <= MAX_PAGE; others += 1)
    await reserve(uuid(), { applicationId: uuid(), caseId: uuid() });
  const isGivenUp = async (): Promise<boolean> =>
    (await node.eventsOf(`application-${applicationId}`)).some(({ type }) => type === "ReservationGivenUp");
  const deadline = real.clock.monotonic() + PATIENCE_MS;
  while (!(await isGivenUp())) {
    if (real.clock.monotonic() > deadline) return t.fail("it was never given up");
    await environment.timers.sleep(20);
  }
  await node.settled();
  const given = (await node.eventsOf(`vacancy-${vacancyId}`)).filter(({ type }) => type === "PositionReleased");
  t.match(given, [{ data: { applicationId } }], "and no other");
});
