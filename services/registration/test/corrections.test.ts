import t from "tap";
import { candidateBody, startTestNode } from "@safar/testing";
import { registration } from "../src/index.ts";
import { done, nowhere, openDoors } from "./support/doors.ts";

/** A wrong phone, a misspelt name, a new passport: the case is found by what is right now, and by nothing else. */

const doors = await openDoors(t);
const { registrar } = doors;
const at = (caseId: string, noun: string): string => `/registration/cases/${caseId}/${noun}`;

/** Searches as a clerk does right after the answer: at the position that it named. */
const foundAt = async (position: string, by: object): Promise<readonly string[]> => {
  const { status, body } = await registrar.post(`/registration/cases/search?minPosition=${position}`, by);
  if (status !== 200) throw new Error(`search: ${status} ${JSON.stringify(body)}`);
  return (body as { items: { caseId: string }[] }).items.map(({ caseId }) => caseId);
};

const CHANGES = [
  ["corrections", "phone", { phone: "+998901112233" }],
  ["corrections", "passport", { passport: "FA1234567", passportExpiry: "2036-05-05" }],
  ["passports", "passport", { passport: "FB1234567", passportExpiry: "2036-05-05" }],
] as const;

for (const [noun, field, change] of CHANGES)
  t.test(`after one of its ${noun} a case is found by the new ${field} at once, and not by the old one`, async (t) => {
    const given = doors.newBody();
    const caseId = done(await registrar.post("/registration/cases", given));
    const reason = noun === "corrections" ? { reason: "misspelt" } : {};
    const answer = await registrar.post(at(caseId, noun), { ...reason, ...change });
    t.equal(answer.status, 200, JSON.stringify(answer.body));
    const position = answer.body.position as string;
    const now = (change as Readonly<Record<string, string>>)[field];
    t.same(await foundAt(position, { [field]: now }), [caseId]);
    t.same(await foundAt(position, { [field]: given[field] }), []);
    t.match((await doors.shown(caseId)).data.details, change);
  });

t.test("the index of persons does not wait for a reaction", async (t) => {
  const calm = await startTestNode(t, { services: [{ ...registration, reactions: [] }] });
  const clerk = await calm.as({ role: "registrar", unit: "1726" });
  const caseId = done(await clerk.post("/registration/cases", candidateBody(1)));
  for (const [noun, field, change] of CHANGES) {
    const reason = noun === "corrections" ? { reason: "misspelt" } : {};
    const { body } = await clerk.post(at(caseId, noun), { ...reason, ...change });
    const by = { [field]: (change as Readonly<Record<string, string>>)[field] };
    const found = await clerk.post(`/registration/cases/search?minPosition=${body.position}`, by);
    t.match(found.body.items, [{ caseId }], `${noun} ${field}`);
  }
});

t.test("a corrected name is found in any script, the wrong one no longer", async (t) => {
  const caseId = await doors.newCase({ surname: "Rahmonov", givenName: "Shohruh" });
  const correction = { reason: "misspelt", surname: "Usmonov", givenName: "Shohruxbek" };
  const { body } = await registrar.post(at(caseId, "corrections"), correction);
  t.same(await foundAt(body.position as string, { name: "Шоҳрухбек Усмонов" }), [caseId]);
  t.same(await foundAt(body.position as string, { name: "Rahmonov Shohruh" }), []);
});

t.test("a correction names what was wrong, and keeps the rules of a registration", async (t) => {
  const caseId = await doors.newCase();
  const [registered] = await doors.eventsOf(`registration-${caseId}`);
  done(await registrar.post(at(caseId, "corrections"), { reason: "misspelt", phone: "+998901112244" }));
  const [corrected] = (await doors.eventsOf(`registration-${caseId}`)).slice(-1);
  t.match(corrected, {
    type: "PersonDetailsCorrected",
    data: { corrects: registered?.id },
    meta: { reasonCode: "misspelt" },
  });
  t.notMatch(JSON.stringify(corrected?.data), /901112244/, "what is personal is sealed");
  const broken = { reason: "misspelt", phone: "12", passportExpiry: "2020-01-01" };
  const { status, body } = await registrar.post(at(caseId, "corrections"), broken);
  t.same([status, body.code], [400, "invalid-request"]);
  t.same(
    new Set(body.errors.map(({ pointer }: { pointer: string }) => pointer)),
    new Set(["/phone", "/passportExpiry"]),
  );
});

t.test("a correction names an event of this case that said who the person is, and no other", async (t) => {
  const caseId = await doors.newCase();
  const [registered, granted] = await doors.eventsOf(`registration-${caseId}`);
  const [ofAnother] = await doors.eventsOf(`registration-${await doors.newCase()}`);
  for (const corrects of [nowhere, granted?.id, ofAnother?.id]) {
    const phone = "+998901112266";
    const wrong = await registrar.post(at(caseId, "corrections"), { reason: "misspelt", corrects, phone });
    t.same([wrong.status, wrong.body.code], [409, "corrected-event-unknown"]);
  }
  done(await registrar.post(at(caseId, "corrections"), { reason: "misspelt", phone: "+998901112277" }));
  const first = { reason: "misspelt", corrects: registered?.id, phone: "+998901112288" };
  t.equal((await registrar.post(at(caseId, "corrections"), first)).status, 200, "an earlier one may be named too");
});

t.test("two corrections of the same case at once are both recorded", async (t) => {
  const caseId = await doors.newCase();
  const answers = await Promise.all([
    registrar.post(at(caseId, "corrections"), { reason: "misspelt", phone: "+998901112255" }),
    registrar.post(at(caseId, "corrections"), { reason: "misspelt", surname: "Qosimov" }),
  ]);
  t.same(
    answers.map(({ status }) => status),
    [200, 200],
  );
  t.match((await doors.shown(caseId)).data.details, { phone: "+998901112255", surname: "Qosimov" });
  t.same(await doors.found({ phone: "+998901112255" }), [caseId]);
  t.same(await doors.found({ name: "Qosimov" }), [caseId]);
});

t.test("a correction that corrects nothing is a wrong request, and says what is missing", async (t) => {
  const caseId = await doors.newCase();
  const { status, body } = await registrar.post(at(caseId, "corrections"), { reason: "misspelt" });
  t.same([status, body.code], [400, "invalid-request"]);
  t.match(body.errors, [{ pointer: "", code: "required", detail: /at least one field/ }]);
});
