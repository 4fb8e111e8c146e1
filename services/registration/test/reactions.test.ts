import t from "tap";
import { placementContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import { accept } from "@safar/kernel";
import { openDoors } from "./support/doors.ts";

/** What registration does when something happens elsewhere. */

const doors = await openDoors(t);
const { node, registrar } = doors;

/** Placement's, by its contracts: registration knows no more of it than that. */
const placementElsewhere = defineAggregate({
  contracts: placementContracts,
  decider: {
    initial: undefined,
    evolve: () => undefined,
    decide: (_state: undefined, round: string) =>
      accept({ type: "PlacementConfirmed" as const, data: { round, confirmedOn: "2026-06-05" } }),
  },
  ofCase: true,
});

const confirmPlacement = async (caseId: string, round: string): Promise<void> => {
  const { kind } = await node.kit.executor.execute({
    aggregate: placementElsewhere,
    id: caseId,
    command: round,
    transactionId: node.kit.environment.random.uuid(),
    header: { caseId },
    context: {
      actor: { id: "elsewhere", role: "representative", kind: "human" },
      occurredAt: "2026-06-05T09:00:00Z",
      correlationId: "test",
    },
  });
  if (kind !== "recorded") throw new Error(`placement did not record: ${kind}`);
  await node.settled();
};

t.test("a placement that is confirmed makes the journey one that was placed, once a round", async (t) => {
  const caseId = await doors.newActiveCase();
  const round = node.kit.environment.random.uuid();
  await confirmPlacement(caseId, round);
  await confirmPlacement(caseId, round);
  const placed = (await doors.eventsOf(`registration-${caseId}`)).filter(({ type }) => type === "JourneyPlaced");
  t.match(placed, [{ data: { round }, meta: { caseId, actor: { id: "registration", kind: "system" } } }]);
  t.equal(placed.length, 1);
  t.equal((await doors.shown(caseId)).state, "active");
});

t.test("it does so also after the case was closed", async (t) => {
  const caseId = await doors.newActiveCase();
  await registrar.post(`/registration/cases/${caseId}/closures`, { reason: "came-home" });
  const round = node.kit.environment.random.uuid();
  await confirmPlacement(caseId, round);
  t.match(await doors.shown(caseId), { state: "closed", data: { placedRounds: [round] } });
});
