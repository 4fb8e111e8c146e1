import t from "tap";
import { COMPENSATION_KINDS } from "@safar/contracts";
import { benefitIdOf } from "@safar/kernel";
import type { ReactionEdge } from "@safar/service-kit";
import { policyIdOf } from "../src/aggregates.ts";
import { whenJourneyEnds } from "../src/reactions/when-journey-ends.ts";
import { application, done, openDoors, PREFIX, uzs } from "./support/doors.ts";
import {
  borderExit,
  certificateIssued,
  merged,
  placementConfirmed,
  recordOnCase,
  visaGranted,
  visaRefused,
  visaStageCompleted,
  withdrew,
} from "./support/elsewhere.ts";

/** What happens here when something happens elsewhere. */

const doors = await openDoors(t);
const { node, insurer, officer } = doors;
const { kit } = node;
const stateOf = async (id: string): Promise<string> => (await doors.shown(`/policies/${id}`)).state as string;
const typesIn = async (stream: string): Promise<readonly string[]> =>
  (await doors.eventsOf(stream)).map(({ type }) => type);

t.test("when the visa stage is completed a policy is quoted, once a round", async (t) => {
  const caseId = await doors.newCase();
  const [first, second] = [doors.uuid(), doors.uuid()];
  for (const round of [first, first, second])
    await recordOnCase(kit, "visaDocs", { caseId, destination: "DE" }, visaStageCompleted(round));
  const policy = await doors.shown(`/policies/${policyIdOf(caseId, first)}`);
  t.match(policy, { state: "policyQuoted", caseId, unit: "1726", destination: "DE", data: { round: first } });
  t.equal(await stateOf(policyIdOf(caseId, second)), "policyQuoted");
  const quotes = (await typesIn(`policy-${policyIdOf(caseId, first)}`)).filter((type) => type === "PolicyQuoted");
  t.equal(quotes.length, 1);
  const [quoted] = await doors.eventsOf(`policy-${policyIdOf(caseId, first)}`);
  const [cause] = await doors.eventsOf(`visaDocs-${caseId}`);
  t.equal(quoted?.meta.causationId, cause?.id, "the quote says what gave rise to it");
});

t.test("a visa stage that is completed after the journey ended leaves no policy open", async (t) => {
  for (const end of [withdrew, merged]) {
    const caseId = await doors.newCase();
    const round = doors.uuid();
    await recordOnCase(kit, "registration", { caseId }, end);
    await node.settled();
    await recordOnCase(kit, "visaDocs", { caseId, destination: "DE" }, visaStageCompleted(round));
    await node.settled();
    t.same(await typesIn(`policy-${policyIdOf(caseId, round)}`), []);
  }
});

t.test("when the placement is confirmed the candidate may apply for each kind", async (t) => {
  const caseId = await doors.newCase();
  const round = doors.uuid();
  for (let times = 0; times < 2; times += 1)
    await recordOnCase(kit, "placement", { caseId, destination: "DE" }, placementConfirmed(round));
  for (const kind of COMPENSATION_KINDS) {
    const id = benefitIdOf(caseId, kind);
    t.match(await doors.shown(`/benefits/${id}`), { state: "eligibilityOpened", caseId, data: { kind, round } });
    t.same(
      (await typesIn(`benefit-${id}`)).filter((type) => type !== "ReactionRefused"),
      ["EligibilityOpened"],
    );
  }
});

t.test(
  "a certificate, a visa and a border exit prove each its own expense, before or after the placement",
  async (t) => {
    const caseId = await doors.newCase();
    const round = doors.uuid();
    await recordOnCase(kit, "training", { caseId }, certificateIssued);
    await recordOnCase(kit, "visaDocs", { caseId }, visaGranted(round));
    await node.settled();
    await recordOnCase(kit, "placement", { caseId, destination: "DE" }, placementConfirmed(round));
    await recordOnCase(kit, "departure", { caseId }, borderExit(round));
    await node.settled();
    for (const [kind, stream] of [
      ["exam", `training-${caseId}`],
      ["workVisa", `visaDocs-${caseId}`],
      ["ticket", `departure-${caseId}`],
    ] as const) {
      const [cause] = await doors.eventsOf(stream);
      const { data } = await doors.shown(`/benefits/${benefitIdOf(caseId, kind)}`);
      t.same([data.proofs, data.round], [[cause?.id], round], kind);
    }
  },
);

t.test("without the proof of its own kind a compensation is not approved", async (t) => {
  const { caseId } = await doors.newEligible();
  done(await officer.post(`${PREFIX}/cases/${caseId}/benefits/workVisa`, application));
  const id = benefitIdOf(caseId, "workVisa");
  done(await officer.post(`${PREFIX}/benefits/${id}/checks`, {}));
  const { status, body } = await officer.post(`${PREFIX}/benefits/${id}/approvals`, {});
  t.same([status, body.code], [409, "rule-failed"]);
  await recordOnCase(kit, "visaDocs", { caseId }, visaGranted(doors.uuid()));
  await node.settled();
  done(await officer.post(`${PREFIX}/benefits/${id}/checks`, {}));
  t.equal((await officer.post(`${PREFIX}/benefits/${id}/approvals`, {})).status, 200, "but with it, checked anew");
});

t.test("a refused visa cancels the policy of its round, and no other", async (t) => {
  const caseId = await doors.newCase();
  const [round, other] = [doors.uuid(), doors.uuid()];
  const [policy, kept] = [await doors.newQuote(caseId, round), await doors.newQuote(caseId, other)];
  await recordOnCase(kit, "visaDocs", { caseId }, visaRefused(round));
  t.equal(await stateOf(policy), "policyCancelled");
  t.match((await doors.eventsOf(`policy-${policy}`)).at(-1), { data: { reason: "visa-refused" } });
  t.equal(await stateOf(kept), "policyQuoted");
});

t.test("a visa that is refused where nothing was quoted leaves nothing behind", async (t) => {
  const caseId = await doors.newCase();
  const round = doors.uuid();
  await recordOnCase(kit, "visaDocs", { caseId }, visaRefused(round));
  await node.settled();
  t.same(await typesIn(`policy-${policyIdOf(caseId, round)}`), []);
});

for (const [what, fact] of [
  ["withdraws", withdrew],
  ["is merged into another case", merged],
] as const)
  t.test(`who ${what} before leaving needs no cover any more`, async (t) => {
    const caseId = await doors.newCase();
    const policies = [await doors.newQuote(caseId), await doors.newQuote(caseId)];
    done(await insurer.post(`${PREFIX}/policies/${policies[0]}/issues`, { number: "P-9", premium: uzs(4_000_000) }));
    await node.settled();
    await recordOnCase(kit, "registration", { caseId }, fact);
    for (const policy of policies) t.equal(await stateOf(policy), "policyCancelled");
  });

t.test("a policy that was quoted just as the journey ended is cancelled, though no table shows it yet", async (t) => {
  const caseId = await doors.newCase();
  const policyId = await doors.newQuote(caseId);
  const [first] = await doors.eventsOf(`registration-${caseId}`);
  // The tables as they are where the journey's end stands in the log: the quote, begun before it, stands behind it.
  const readModel = { table: () => ({ find: () => ({ items: [] }) }) } as unknown as ReactionEdge["readModel"];
  const edge: Partial<ReactionEdge> = { load: kit.executor.load, readModel };
  t.match(await whenJourneyEnds.then({ ...first!, type: "CandidateWithdrew" }, edge as ReactionEdge), [
    { id: policyId, command: { type: "CancelPolicy", reason: "journey-ended" } },
  ]);
});

t.test("who has left keeps the cover, and keeps it also when the case is withdrawn abroad", async (t) => {
  const caseId = await doors.newCase();
  const round = doors.uuid();
  const policy = await doors.newQuote(caseId, round);
  await recordOnCase(kit, "departure", { caseId }, borderExit(round));
  await node.settled();
  await recordOnCase(kit, "registration", { caseId }, withdrew);
  t.equal(await stateOf(policy), "policyQuoted");
});
