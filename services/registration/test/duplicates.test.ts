import t, { type Test } from "tap";
import { giveUp, openMemoryEventStore, type EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { candidateBody, startTestNode } from "@safar/testing";
import { duplicatePair, duplicatePairIdOf, person, registrationCase } from "../src/aggregates.ts";
import { registration } from "../src/index.ts";
import { done, openDoors } from "./support/doors.ts";

/** One person, one open journey; and two cases that look like one person. */

const doors = await openDoors(t);
const { node, registrar, compliance } = doors;
const cases = "/registration/cases";
const at = (caseId: string, noun: string): string => `${cases}/${caseId}/${noun}`;

/** Two cases of two PINFLs with one passport, held for each other. */
const twoAlike = async (): Promise<readonly [string, string]> => {
  const body = doors.newBody();
  const one = done(await registrar.post(cases, body));
  const other = await doors.newCase({ passport: body["passport"] });
  await node.settled();
  return [one, other];
};
const statesOf = async (...caseIds: readonly string[]): Promise<readonly string[]> => {
  const states: string[] = [];
  for (const caseId of caseIds) states.push((await doors.shown(caseId)).state as string);
  return states;
};

t.test("the same PINFL again is refused, and the case is named only to who may see it", async (t) => {
  const body = doors.newBody();
  const caseId = done(await registrar.post(cases, body));
  const again = await registrar.post(cases, { ...body, phone: "+998935550001" });
  t.same([again.status, again.body.code], [409, "open-journey-exists"]);
  t.match(again.body.detail, caseId);
  const otherBranch = await doors.as({ role: "registrar", unit: "1703" });
  const elsewhere = await otherBranch.post(cases, { ...body, regionSoato: "1703" });
  t.same([elsewhere.status, elsewhere.body.code], [409, "open-journey-exists"]);
  t.notMatch(elsewhere.body.detail, caseId);
  t.notMatch(elsewhere.body.detail, /[{}]/);
});

t.test("of two registrations of the same PINFL at once one is taken", async (t) => {
  const body = doors.newBody();
  const register = (phone: string) => registrar.post(cases, { ...body, phone });
  const answers = await Promise.all(["+998935550002", "+998935550003", "+998935550004"].map(register));
  t.same(answers.map(({ status }) => status).sort(), [201, 409, 409]);
  for (const { status, body: told } of answers.filter((answer) => answer.status !== 201)) {
    t.same([status, told.code], [409, "open-journey-exists"]);
    t.notMatch(told.detail, /[{}]/, "every gap of the sentence is filled");
  }
  const [winner] = answers.filter(({ status }) => status === 201).map(done);
  t.same(await doors.found({ pinfl: body["pinfl"] }), [winner]);
});

t.test("the same registration sent twice at once is one case and one answer", async (t) => {
  const body = doors.newBody();
  const register = () => registrar.post(cases, body, { key: "twice" });
  const [first, second] = await Promise.all([register(), register()]);
  t.same([first.status, second.status], [201, 201]);
  t.same(first.body, second.body);
  t.same(await doors.found({ pinfl: body["pinfl"] }), [first.body.id]);
});

t.test("a registration whose second half never came frees the person, and can not come any more", async (t) => {
  const { executor } = node.kit;
  const [caseId, personId, transactionId] = [0, 1, 2].map(() => node.kit.environment.random.uuid()) as [
    string,
    string,
    string,
  ];
  const context = {
    actor: { id: "registrar-1726", role: "registrar", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const shared = { transactionId, context, header: { caseId, personId } };
  const open = { type: "OpenJourney", caseId };
  const reserve = { ...shared, aggregate: person, id: personId, command: open };
  const record = { ...shared, aggregate: registrationCase, id: caseId, command: { type: "UnmergeCase" } };
  const release = { type: "EndJourney", caseId, cause: "given-up" };
  t.equal((await executor.execute(reserve)).kind, "recorded");
  await giveUp(executor, { reserve, record, release }, "not-finished-in-time");
  t.match((await executor.load(person, personId)).state, { openCaseId: undefined });
  t.equal((await executor.execute(record)).kind, "lapsed");
});

t.test("the same passport under another PINFL holds both cases until a person decides", async (t) => {
  const body = doors.newBody();
  const one = done(await registrar.post(cases, body));
  const other = await registrar.post(cases, doors.newBody({ passport: body["passport"] }));
  t.same([other.status, other.body.warnings], [201, ["duplicate-suspected"]]);
  t.same(await statesOf(one, other.body.id as string), ["suspended", "suspended"]);
  t.match((await doors.eventsOf(`registration-${one}`)).at(-1), {
    type: "DuplicateSuspected",
    data: { otherCaseId: other.body.id, basis: ["passport"] },
    meta: { caseId: one, actor: { kind: "system" } },
  });
  t.match((await doors.eventsOf(`registration-${other.body.id}`)).at(-1), {
    type: "DuplicateSuspected",
    data: { otherCaseId: one },
    meta: { caseId: other.body.id, actor: { kind: "human" } },
  });
});

t.test("the same name and birth date in another script is suspected too", async (t) => {
  const birth = { birthDate: "1991-05-06" };
  const one = await doors.newCase({ ...birth, pinfl: pinflOf("306059150001"), surname: "Oripov", givenName: "Nodir" });
  const other = await doors.newCase({
    ...birth,
    pinfl: pinflOf("306059150002"),
    surname: "Орипов",
    givenName: "Нодир",
  });
  t.same(await statesOf(one, other), ["suspended", "suspended"]);
});

t.test("who is dismissed as a duplicate frees both cases, and is not suspected again", async (t) => {
  const [one, other] = await twoAlike();
  t.equal((await registrar.post(at(one, "duplicate-dismissals"), { otherCaseId: other })).status, 200);
  t.same(await statesOf(one, other), ["submitted", "submitted"]);
  const again = await registrar.post(at(one, "duplicate-dismissals"), { otherCaseId: other });
  t.same([again.status, again.body.code], [409, "duplicate-not-suspected"]);
  done(await registrar.post(at(other, "corrections"), { reason: "misspelt", phone: "+998935550005" }));
  t.same(await statesOf(one, other), ["submitted", "submitted"]);
});

t.test("who is found to be the same person is merged into the other case, and both are kept", async (t) => {
  const [one, other] = await twoAlike();
  const decision = { otherCaseId: one, mergeIntoOther: true };
  t.equal((await registrar.post(at(other, "duplicate-confirmations"), decision)).status, 200);
  t.same(await statesOf(one, other), ["submitted", "merged"]);
  const more = await registrar.post(at(other, "cvs"), {
    isco: "7112",
    experienceYears: 1,
    languages: [],
    destinations: [],
  });
  t.same([more.status, more.body.code], [409, "case-ended"]);
  t.equal((await registrar.post(at(other, "unmergings"), {})).body.code, "role-not-allowed");
  t.equal((await compliance.post(at(other, "unmergings"), {})).status, 200);
  t.not((await statesOf(other))[0], "merged");
  t.equal((await compliance.post(at(other, "unmergings"), {})).body.code, "not-merged");
});

t.test("two cases are not merged into each other by two who decide one after the other", async (t) => {
  const slow = (registration.reactions ?? []).filter(({ name }) => name !== "when-duplicate-decided");
  const calm = await startTestNode(t, { services: [{ ...registration, reactions: slow }] });
  const clerk = await calm.as({ role: "registrar", unit: "1726" });
  const body = candidateBody(1);
  const one = done(await clerk.post(cases, body));
  const other = done(await clerk.post(cases, candidateBody(2, { passport: body["passport"] })));
  await calm.settled();
  const first = await clerk.post(at(other, "duplicate-confirmations"), { otherCaseId: one, mergeIntoOther: true });
  t.equal(first.status, 200);
  const second = await clerk.post(at(one, "duplicate-confirmations"), { otherCaseId: other, mergeIntoOther: true });
  t.same([second.status, second.body.code], [409, "duplicate-not-suspected"]);
  const third = await clerk.post(at(one, "duplicate-dismissals"), { otherCaseId: other });
  t.same([third.status, third.body.code], [409, "duplicate-not-suspected"]);
});

/** A node whose two next appends meet: neither is stored before the other one was decided on what lay there before. */
const startMeeting = async (t: Test) => {
  const store = openMemoryEventStore({ environment: realEnvironment() });
  const waiting: (() => void)[] = [];
  let left = 0;
  const meeting: EventStore = {
    ...store,
    async append(...given) {
      if (left > 0) {
        left -= 1;
        const met = new Promise<void>((resolve) => waiting.push(resolve));
        if (left === 0) for (const go of waiting.splice(0)) go();
        await met;
      }
      return store.append(...given);
    },
  };
  const there = await startTestNode(t, { services: [registration], store: meeting });
  const clerk = await there.as({ role: "registrar", unit: "1726" });
  const body = candidateBody(1);
  const one = done(await clerk.post(cases, body));
  const other = done(await clerk.post(cases, candidateBody(2, { passport: body["passport"] })));
  await there.settled();
  return {
    one,
    other,
    clerk,
    compliance: await there.as({ role: "compliance" }),
    nextAppendsMeet: () => void (left = 2),
    async states() {
      await there.settled();
      const shown = [await clerk.get(`${cases}/${one}`), await clerk.get(`${cases}/${other}`)];
      return shown.map((answer) => (answer.body as { state: string }).state);
    },
  };
};

t.test(
  "of two who merge two cases into each other at the same moment one wins, and an unmerge undoes it",
  async (t) => {
    const { one, other, clerk, compliance, nextAppendsMeet, states } = await startMeeting(t);
    const merge = (caseId: string, otherCaseId: string) =>
      clerk.post(at(caseId, "duplicate-confirmations"), { otherCaseId, mergeIntoOther: true });
    nextAppendsMeet();
    const answers = await Promise.all([merge(one, other), merge(other, one)]);
    t.same(answers.map(({ status }) => status).sort(), [200, 409]);
    t.equal(answers.find(({ status }) => status === 409)?.body.code, "duplicate-not-suspected");
    t.same([...(await states())].sort(), ["merged", "submitted"], "one open case is left");
    const [merged, kept] = answers[0].status === 200 ? [one, other] : [other, one];
    t.equal((await compliance.post(at(merged, "unmergings"), {})).status, 200);
    t.notOk((await states()).includes("merged"));
    t.equal((await merge(kept, merged)).status, 409, "the pair stays decided where it was decided first");
  },
);

t.test("a dismissal at one case and a merge of the other at the same moment are one decision", async (t) => {
  const { one, other, clerk, nextAppendsMeet, states } = await startMeeting(t);
  nextAppendsMeet();
  const [dismissed, merged] = await Promise.all([
    clerk.post(at(one, "duplicate-dismissals"), { otherCaseId: other }),
    clerk.post(at(other, "duplicate-confirmations"), { otherCaseId: one, mergeIntoOther: true }),
  ]);
  t.same([dismissed.status, merged.status].sort(), [200, 409]);
  t.same(await states(), dismissed.status === 200 ? ["submitted", "submitted"] : ["submitted", "merged"]);
});

t.test("who confirms first may merge later, and the other case still follows", async (t) => {
  const [one, other] = await twoAlike();
  const confirm = (mergeIntoOther: boolean) =>
    registrar.post(at(other, "duplicate-confirmations"), { otherCaseId: one, mergeIntoOther });
  t.equal((await confirm(false)).status, 200);
  t.same(await statesOf(one, other), ["submitted", "suspended"]);
  t.equal((await confirm(true)).status, 200);
  t.same(await statesOf(one, other), ["submitted", "merged"]);
});

t.test("a decision whose second half never came leaves the pair to be decided at either case", async (t) => {
  const [one, other] = await twoAlike();
  const { executor, environment } = node.kit;
  const context = {
    actor: { id: "registrar-1726", role: "registrar", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const shared = { transactionId: environment.random.uuid(), context };
  const reserve = {
    ...shared,
    aggregate: duplicatePair,
    id: duplicatePairIdOf(one, other),
    command: { type: "TakeDecision", caseId: one },
  };
  t.equal((await executor.execute(reserve)).kind, "recorded");
  const there = await registrar.post(at(other, "duplicate-dismissals"), { otherCaseId: one });
  t.same([there.status, there.body.code], [409, "duplicate-not-suspected"]);
  const record = { ...shared, aggregate: registrationCase, id: one, command: undefined };
  const release = { type: "GiveDecisionBack", caseId: one };
  await giveUp(executor, { reserve, record, release }, "not-finished-in-time");
  t.equal((await registrar.post(at(other, "duplicate-dismissals"), { otherCaseId: one })).status, 200);
  t.same(await statesOf(one, other), ["submitted", "submitted"]);
});

t.test("a merge can not be undone while the person is on another journey", async (t) => {
  const body = doors.newBody();
  const one = done(await registrar.post(cases, body));
  const mine = doors.newBody({ passport: body["passport"] });
  const other = done(await registrar.post(cases, mine));
  await node.settled();
  done(await registrar.post(at(other, "duplicate-confirmations"), { otherCaseId: one, mergeIntoOther: true }));
  await node.settled();
  const anew = await registrar.post(cases, { ...mine, passport: "FA5550001" });
  t.equal(anew.status, 201, JSON.stringify(anew.body));
  const undone = await compliance.post(at(other, "unmergings"), {});
  t.same([undone.status, undone.body.code], [409, "open-journey-exists"]);
  t.equal((await statesOf(other))[0], "merged");
});

/** Twelve digits and a one that does not count, with the check digit of identifiers.md. */
function pinflOf(twelve: string): string {
  const digits = `${twelve}1`;
  return `${digits}${[...digits].reduce((sum, digit, n) => sum + Number(digit) * [7, 3, 1][n % 3]!, 0) % 10}`;
}
