import t from "tap";
import { compensationCap, ROLES, type Role } from "@safar/contracts";
import { giveUp } from "@safar/event-store";
import { tashkentDate } from "@safar/kernel";
import { policy, subsidyYear, subsidyYearIdOf } from "../src/aggregates.ts";
import { insuranceCompensation } from "../src/index.ts";
import { application, done, nowhere, openDoors, PREFIX, uzs } from "./support/doors.ts";

/** Each command once as it is meant, once as it is refused, and by a role that may not. */

const doors = await openDoors(t);
const { node, insurer, officer } = doors;
const onPolicy = (id: string, noun: string): string => `${PREFIX}/policies/${id}/${noun}`;
const onBenefit = (id: string, noun: string): string => `${PREFIX}/benefits/${id}/${noun}`;
const issue = { number: "P-1", premium: uzs(4_000_000) };
const cover = { validFrom: "2026-08-01", validUntil: "2028-08-01" };
const subsidy = { amount: uzs(1_000_000), socialList: "iron-notebook" };

t.test("a quoted policy is issued and put into force, each once", async (t) => {
  const id = await doors.newQuote();
  t.equal((await insurer.post(onPolicy(id, "activations"), cover)).body.code, "policy-not-issued");
  const first = await insurer.post(onPolicy(id, "issues"), issue, { key: "issue" });
  t.equal(first.status, 200);
  const again = await insurer.post(onPolicy(id, "issues"), issue, { key: "issue" });
  t.same([again.status, again.body], [200, first.body]);
  const other = await insurer.post(onPolicy(id, "issues"), { ...issue, number: "P-2" }, { key: "issue" });
  t.same([other.status, other.body.code], [422, "idempotency-key-reused"]);
  t.equal((await insurer.post(onPolicy(id, "issues"), issue)).body.code, "already-done");
  const reversed = { validFrom: "2028-08-01", validUntil: "2026-08-01" };
  const no = await insurer.post(onPolicy(id, "activations"), reversed);
  t.same([no.status, no.body.code], [400, "cover-dates-reversed"]);
  t.equal((await insurer.post(onPolicy(id, "activations"), cover)).status, 200);
  t.match(await doors.shown(`/policies/${id}`), { state: "policyActivated", data: { validUntil: "2028-08-01" } });
});

t.test("a policy without a price is not issued, and one that is not there not touched", async (t) => {
  const id = await doors.newQuote();
  const free = await insurer.post(onPolicy(id, "issues"), { ...issue, premium: uzs(0) });
  t.same([free.status, free.body.code], [400, "amount-not-positive"]);
  t.equal((await insurer.post(onPolicy(nowhere, "issues"), issue)).status, 404);
});

t.test("a subsidy goes to who is on a social list, up to the sum of the law", async (t) => {
  const id = await doors.newQuote();
  t.equal((await officer.post(onPolicy(id, "subsidies"), subsidy)).body.code, "policy-not-issued");
  done(await insurer.post(onPolicy(id, "issues"), { ...issue, premium: uzs(9_000_000) }));
  const unlisted = await officer.post(onPolicy(id, "subsidies"), { ...subsidy, socialList: "friends" });
  t.match(unlisted, { status: 400, body: { errors: [{ pointer: "/socialList", code: "not-one-of" }] } });
  t.equal((await officer.post(onPolicy(id, "subsidies"), { ...subsidy, amount: uzs(8_000_000) })).status, 200);
  t.match(await doors.shown(`/policies/${id}`), { data: { subsidy: uzs(5_000_000) } });
  t.equal((await officer.post(onPolicy(id, "subsidies"), subsidy)).body.code, "already-done");
});

/** An issued policy of a journey of the person, with a premium above what the law grants. */
const issuedFor = async (personId: string): Promise<string> => {
  const id = await doors.newQuote(await doors.newCase(personId));
  done(await insurer.post(onPolicy(id, "issues"), { ...issue, premium: uzs(9_000_000) }));
  return id;
};
const subsidyOf = async (id: string): Promise<unknown> =>
  (await doors.shown(`/policies/${id}`)).data.subsidy as unknown;

t.test("what the law grants a person in a year is granted once, over all journeys and policies", async (t) => {
  const person = doors.uuid();
  const [first, second, third] = [await issuedFor(person), await issuedFor(person), await issuedFor(person)];
  const grant = (id: string, minor: number, key = doors.uuid()) =>
    officer.post(onPolicy(id, "subsidies"), { ...subsidy, amount: uzs(minor) }, { key });
  const granted = await grant(first, 3_000_000, "first");
  t.equal(granted.status, 200);
  t.equal((await grant(second, 3_000_000)).status, 200);
  t.same([await subsidyOf(first), await subsidyOf(second)], [uzs(3_000_000), uzs(2_000_000)], "what is left");
  const refused = await grant(third, 1);
  t.same([refused.status, refused.body.code], [409, "subsidy-used-up"]);
  t.notMatch(refused.body.detail, /[{}]/);
  const again = await grant(first, 3_000_000, "first");
  t.same([again.status, again.body], [200, granted.body], "a repeat is answered as the first time");
  t.equal((await grant(await issuedFor(doors.uuid()), 5_000_000)).status, 200, "another person has another year");
});

t.test("subsidies of one person that are granted at once stay within the year's sum", async (t) => {
  const person = doors.uuid();
  const policies = await Promise.all([issuedFor(person), issuedFor(person), issuedFor(person)]);
  const answers = await Promise.all(
    policies.map((id) => officer.post(onPolicy(id, "subsidies"), { ...subsidy, amount: uzs(4_000_000) })),
  );
  t.ok(answers.every(({ status }) => status === 200 || status === 409));
  const amounts = await Promise.all(policies.map(async (id) => (await subsidyOf(id)) as { minor: number } | undefined));
  const sum = amounts.reduce((total, amount) => total + (amount?.minor ?? 0), 0);
  t.ok(sum >= 4_000_000 && sum <= 5_000_000, `${sum} tiyin`);
});

t.test("a subsidy whose second half never came gives its part of the year back", async (t) => {
  const person = doors.uuid();
  const [stuck, other] = [await issuedFor(person), await issuedFor(person)];
  const year = Number(tashkentDate(node.kit.environment.clock.now()).slice(0, 4));
  const transactionId = doors.uuid();
  const context = {
    actor: { id: "officer", role: "benefits-officer", kind: "human" },
    occurredAt: "2026-03-02T04:00:00Z",
    correlationId: "test",
  } as const;
  const amount = uzs(5_000_000);
  const command = { type: "ReserveSubsidy", caseId: doors.uuid(), policyId: stuck, year, amount, most: amount };
  const reserve = { aggregate: subsidyYear, id: subsidyYearIdOf(person, year), command, transactionId, context };
  await node.kit.executor.execute(reserve);
  t.equal((await officer.post(onPolicy(other, "subsidies"), subsidy)).body.code, "subsidy-used-up");
  const record = { aggregate: policy, id: stuck, command: undefined, transactionId, context };
  const [rule] = insuranceCompensation.reservations ?? [];
  const [reserved] = await doors.eventsOf(`subsidyYear-${reserve.id}`);
  await giveUp(node.kit.executor, { reserve, record, release: rule?.release(reserved!) }, "not-finished-in-time");
  t.equal((await officer.post(onPolicy(other, "subsidies"), subsidy)).status, 200);
  t.equal((await officer.post(onPolicy(stuck, "subsidies"), subsidy)).status, 200, "and the first may ask again");
});

t.test("a policy is cancelled once, and then takes nothing more", async (t) => {
  const id = await doors.newQuote();
  t.equal((await insurer.post(onPolicy(id, "cancellations"), { reason: "wrong-person" })).status, 200);
  t.equal((await insurer.post(onPolicy(id, "cancellations"), { reason: "wrong-person" })).body.code, "already-done");
  t.equal((await insurer.post(onPolicy(id, "issues"), issue)).body.code, "policy-cancelled");
});

t.test("a compensation is applied for, checked, approved, paid and settled", async (t) => {
  const { caseId, benefitId } = await doors.newEligible();
  const candidate = await node.as({ role: "candidate", caseId });
  const path = `${PREFIX}/cases/${caseId}/benefits/exam`;
  const first = await candidate.post(path, application, { key: "apply" });
  t.same([first.status, first.body.id, first.body.caseId], [201, benefitId, caseId]);
  t.equal(first.headers.get("location"), `${PREFIX}/benefits/${benefitId}`);
  t.equal((await candidate.post(path, application)).body.code, "already-applied");
  t.equal((await officer.post(onBenefit(benefitId, "approvals"), {})).body.code, "not-checked");
  t.equal((await officer.post(onBenefit(benefitId, "checks"), {})).status, 200);
  t.equal((await officer.post(onBenefit(benefitId, "payment-orders"), {})).body.code, "not-approved");
  t.equal((await officer.post(onBenefit(benefitId, "approvals"), {})).status, 200);
  t.equal((await officer.post(onBenefit(benefitId, "approvals"), {})).body.code, "already-decided");
  t.equal((await officer.post(onBenefit(benefitId, "checks"), {})).body.code, "already-decided");
  const paymentId = done(await officer.post(onBenefit(benefitId, "payment-orders"), {}));
  t.equal((await officer.post(onBenefit(benefitId, "payment-orders"), {})).body.code, "payment-under-way");
  const settlement = { paymentId, bankReference: "B-77" };
  t.equal((await officer.post(onBenefit(benefitId, "settlements"), settlement)).status, 200);
  t.equal((await officer.post(onBenefit(benefitId, "settlements"), settlement)).body.code, "already-done");
  t.equal((await candidate.post(path, application)).body.code, "already-paid");
  const again = await candidate.post(path, application, { key: "apply" });
  t.same([again.status, again.body], [201, first.body], "a repeat is answered as the first time, whatever came after");
  const types = (await doors.eventsOf(`benefit-${benefitId}`)).map(({ type }) => type);
  t.same(types.slice(-5), [
    "CompensationApplied",
    "CompensationChecked",
    "CompensationApproved",
    "PaymentOrdered",
    "PaymentSettled",
  ]);
});

t.test("a payment that the bank returned is ordered again", async (t) => {
  const id = await doors.newApplied();
  done(await officer.post(onBenefit(id, "checks"), {}));
  done(await officer.post(onBenefit(id, "approvals"), {}));
  const first = done(await officer.post(onBenefit(id, "payment-orders"), {}));
  const unknown = await officer.post(onBenefit(id, "returns"), { paymentId: nowhere, reason: "card-closed" });
  t.same([unknown.status, unknown.body.code], [404, "payment-unknown"]);
  t.equal((await officer.post(onBenefit(id, "returns"), { paymentId: first, reason: "card-closed" })).status, 200);
  const second = done(await officer.post(onBenefit(id, "payment-orders"), {}));
  t.not(second, first);
  t.equal((await officer.post(onBenefit(id, "settlements"), { paymentId: first, bankReference: "B" })).status, 409);
});

t.test("of two settlements of one payment at once one is taken", async (t) => {
  const id = await doors.newApplied();
  done(await officer.post(onBenefit(id, "checks"), {}));
  done(await officer.post(onBenefit(id, "approvals"), {}));
  const orders = await Promise.all([0, 1].map(() => officer.post(onBenefit(id, "payment-orders"), {})));
  t.same(orders.map(({ status }) => status).sort(), [200, 409]);
  const [paymentId] = orders.filter(({ status }) => status === 200).map(done);
  const settle = (bankReference: string) => officer.post(onBenefit(id, "settlements"), { paymentId, bankReference });
  const answers = await Promise.all([settle("B-1"), settle("B-2")]);
  t.same(answers.map(({ status }) => status).sort(), [200, 409]);
});

t.test("who asks for more than the cap of the day gets the cap", async (t) => {
  const today = tashkentDate(node.kit.environment.clock.now());
  const cap = compensationCap("exam", today)!;
  const id = await doors.newApplied({ amount: uzs(cap.minor * 3) });
  done(await officer.post(onBenefit(id, "checks"), {}));
  done(await officer.post(onBenefit(id, "approvals"), {}));
  t.match(await doors.shown(`/benefits/${id}`), { state: "compensationApproved", data: { approved: cap } });
});

t.test("money goes to a card of the candidate's own, however the name is written on it", async (t) => {
  for (const [cardHolder, isOwn] of [
    ["ANVAR KARIMOV", true],
    ["KARIMOV ANVAR BOTIROVICH", true],
    ["Каримов Анвар", true],
    ["ANVAR TOSHMATOV", false],
    ["ANVAR", false],
  ] as const) {
    const id = await doors.newApplied({ cardHolder });
    done(await officer.post(onBenefit(id, "checks"), {}));
    const { status, body } = await officer.post(onBenefit(id, "approvals"), {});
    t.same([status, body.code], isOwn ? [200, undefined] : [409, "rule-failed"], cardHolder);
    if (!isOwn) t.match(body.detail, /card-holder/);
  }
});

t.test("a rejection can be appealed for thirty days, and mended by a new application", async (t) => {
  const { caseId, benefitId } = await doors.newEligible();
  const path = `${PREFIX}/cases/${caseId}/benefits/exam`;
  done(await officer.post(path, { ...application, cardHolder: "ANVAR TOSHMATOV" }));
  const rejection = { reasons: ["card-of-another"] };
  t.equal((await officer.post(onBenefit(benefitId, "rejections"), rejection)).body.code, "not-checked");
  done(await officer.post(onBenefit(benefitId, "checks"), {}));
  t.equal((await officer.post(onBenefit(benefitId, "rejections"), rejection)).status, 200);
  const [rejected] = (await doors.eventsOf(`benefit-${benefitId}`)).slice(-1);
  const days = (date: string) => Date.parse(date) / 86_400_000;
  const { appealUntil } = rejected?.data as { appealUntil: string };
  t.equal(days(appealUntil) - days(tashkentDate(Date.parse(rejected!.meta.occurredAt))), 30);
  t.equal((await officer.post(path, application)).status, 201);
});

t.test("nobody applies before the placement is confirmed, or for what is never paid", async (t) => {
  const caseId = await doors.newCase();
  const early = await officer.post(`${PREFIX}/cases/${caseId}/benefits/exam`, application);
  t.same([early.status, early.body.code], [409, "not-eligible"]);
  t.equal((await officer.post(`${PREFIX}/cases/${caseId}/benefits/holiday`, application)).status, 404);
  t.equal((await officer.post(`${PREFIX}/cases/${nowhere}/benefits/exam`, application)).status, 404);
  t.equal((await officer.post(onBenefit(nowhere, "checks"), {})).status, 404);
});

t.test("an application that is no application is refused before anything is recorded", async (t) => {
  const { caseId } = await doors.newEligible();
  const path = `${PREFIX}/cases/${caseId}/benefits/exam`;
  const nothing = await officer.post(path, { ...application, amount: uzs(0) });
  t.same([nothing.status, nothing.body.code], [400, "amount-not-positive"]);
  const euro = await officer.post(path, { ...application, amount: { minor: 100, currency: "EUR" } });
  t.same([euro.status, euro.body.code], [400, "compensation-currency"]);
  const short = await officer.post(path, { ...application, cardNumber: "8600" });
  t.match(short, { status: 400, body: { errors: [{ pointer: "/cardNumber", code: "wrong-format" }] } });
  const stranger = await node.as({ role: "candidate", caseId: nowhere });
  t.equal((await stranger.post(path, application)).body.code, "out-of-scope");
});

t.test("a card's number is shown to the officer on record, to no insurer, and lies nowhere in the log", async (t) => {
  const id = await doors.newApplied();
  const benefit = await doors.shown(`/benefits/${id}`);
  t.equal(benefit.data.application.cardNumber, application.cardNumber);
  t.match((await doors.eventsOf(`access-${benefit.caseId}`)).at(-1), {
    type: "PersonalDataRead",
    meta: { actor: { role: "benefits-officer" } },
  });
  for await (const { data } of node.kit.store.readStream(`benefit-${id}`))
    t.notMatch(new TextDecoder().decode(data), application.cardNumber);
  t.equal((await insurer.get(`${PREFIX}/benefits/${id}`)).body.code, "role-not-allowed");
});

t.test("a command on what has moved on since it was seen is not taken", async (t) => {
  const id = await doors.newQuote();
  await node.settled();
  const etag = (await insurer.get(`${PREFIX}/policies/${id}`)).headers.get("etag")!;
  const ifMatch = { headers: { "if-match": etag } };
  t.equal((await insurer.post(onPolicy(id, "issues"), issue, ifMatch)).status, 200);
  const late = await insurer.post(onPolicy(id, "activations"), cover, ifMatch);
  t.same([late.status, late.body.code], [412, "precondition-failed"]);
});

const clerks: readonly Role[] = ["benefits-officer"];
/** Who may do what, said a second time, so that a slip in the table is seen. */
const MAY: Readonly<Record<string, readonly Role[]>> = {
  IssuePolicy: ["insurer"],
  ActivatePolicy: ["insurer"],
  GrantPremiumSubsidy: ["insurer", "benefits-officer"],
  CancelPolicy: ["insurer"],
  ApplyForCompensation: ["candidate", "agency", "registrar", "representative", "benefits-officer"],
  CheckCompensation: clerks,
  ApproveCompensation: clerks,
  RejectCompensation: clerks,
  OrderPayment: clerks,
  SettlePayment: clerks,
  ReturnPayment: clerks,
};

t.test("every command is open to its roles and closed to all others", async (t) => {
  t.same(new Set(insuranceCompensation.commands.map(({ name }) => name)), new Set(Object.keys(MAY)));
  for (const role of ROLES) {
    const client = await node.as({ role, unit: nowhere, caseId: nowhere });
    const open: string[] = [];
    for (const { name, path } of insuranceCompensation.commands) {
      const { status, body } = await client.post(PREFIX + path.replace(/:\w+/g, nowhere), {});
      if (status !== 403 || (body as { code: string }).code !== "role-not-allowed") open.push(name);
    }
    t.same(
      open,
      Object.keys(MAY).filter((name) => MAY[name]?.includes(role)),
      role,
    );
  }
});
