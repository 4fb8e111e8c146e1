import t from "tap";
import { openDoors, pathOf } from "./support/doors.ts";
import { departure, exited, roundOf, sign } from "./support/elsewhere.ts";
import { signed } from "./support/given.ts";

const doors = await openDoors(t);
const { agency, employer, node } = doors;

const sure = async (send: () => Promise<{ readonly status: number }>): Promise<number> => {
  for (;;) {
    const { status } = await send();
    if (status !== 503) return status;
  }
};

t.test("contract, exit, report and confirmation at once confirm the placement, and once", async (t) => {
  for (let n = 0; n < 4; n += 1) {
    const caseId = await doors.newCase();
    const confirmation = { startedOn: "2026-06-03", contract: signed };
    const representative = doors.representative;
    await Promise.all([
      sign(node.kit, caseId),
      departure(node.kit, caseId, exited(roundOf(caseId))),
      sure(() => agency.post(pathOf(caseId, "reports"), { placed: true }, { key: `report-${n}` })),
      sure(() => representative.post(pathOf(caseId, "employer-confirmations"), confirmation, { key: `confirm-${n}` })),
      sure(() => representative.post(pathOf(caseId, "employer-confirmations"), confirmation, { key: `confirm-${n}` })),
    ]);
    await node.settled();
    const types = await doors.typesOf(caseId);
    t.equal(types.filter((type) => type === "PlacementConfirmed").length, 1);
    t.equal(types.filter((type) => type === "CheckInsScheduled").length, 1);
    t.equal(types.filter((type) => type === "EmployerConfirmed").length, 1, "the same key is the same confirmation");
  }
});

t.test("agency and candidate who contradict each other at once open one dispute", async (t) => {
  const caseId = await doors.opened();
  const candidate = await doors.candidateOf(caseId);
  await Promise.all([
    sure(() => agency.post(pathOf(caseId, "reports"), { placed: true }, { key: "yes" })),
    sure(() => candidate.post(pathOf(caseId, "reports"), { placed: false }, { key: "no" })),
    sure(() =>
      employer.post(
        pathOf(caseId, "employer-confirmations"),
        { startedOn: "2026-06-03", contract: signed },
        { key: "yes" },
      ),
    ),
  ]);
  const types = await doors.typesOf(caseId);
  t.equal(types.filter((type) => type === "PlacementDisputed").length, 1);
  t.equal((await doors.shown(caseId)).state, "disputed");
});
