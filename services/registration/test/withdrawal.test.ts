import t from "tap";
import { done, openDoors } from "./support/doors.ts";

/** A journey ends, and the person may set out again: on a new case or on the same. */

const doors = await openDoors(t);
const { node, registrar } = doors;
const cases = "/registration/cases";
const at = (caseId: string, noun: string): string => `${cases}/${caseId}/${noun}`;
const reopening = { reason: "further-departure" };

/** Of somebody whose journey has come to its end, with the body that the person was registered by. */
const ended = async (noun: "withdrawals" | "closures") => {
  const body = doors.newBody();
  const caseId = done(await registrar.post(cases, body));
  done(await registrar.post(at(caseId, noun), { reason: "family-reasons" }));
  await node.settled();
  return { body, caseId };
};

for (const [noun, state, cause] of [
  ["withdrawals", "withdrawn", "withdrawn"],
  ["closures", "closed", "closed"],
] as const)
  t.test(`after ${noun} the person's journey has ended, and another may begin`, async (t) => {
    const { body, caseId } = await ended(noun);
    const shown = await doors.shown(caseId);
    t.equal(shown.state, state);
    const [{ personId } = { personId: undefined }] = (await doors.eventsOf(`registration-${caseId}`)).map(
      ({ meta }) => meta,
    );
    t.match(
      (await doors.eventsOf(`person-${personId}`)).map(({ type, data }) => [type, data]),
      [
        ["JourneyOpened", { caseId }],
        ["JourneyEnded", { caseId, cause }],
      ],
    );
    const anew = await registrar.post(cases, body);
    t.equal(anew.status, 201);
    t.not(anew.body.id, caseId);
    t.not(anew.body.caseNumber, shown.caseNumber);
    t.same(new Set(await doors.found({ pinfl: body["pinfl"] })), new Set([caseId, anew.body.id]), "both are found");
  });

t.test("the same person on a new journey is no duplicate of the old one", async (t) => {
  const { body } = await ended("withdrawals");
  const anew = await registrar.post(cases, body);
  t.notOk(anew.body.warnings);
  t.equal((await doors.shown(anew.body.id as string)).state, "submitted");
});

t.test("a case that is opened again holds the person's journey again", async (t) => {
  const { body, caseId } = await ended("closures");
  t.equal((await registrar.post(at(caseId, "reopenings"), reopening)).status, 200);
  t.equal((await doors.shown(caseId)).state, "submitted", "and goes on where it stood: nobody has proven an identity");
  t.equal((await registrar.post(cases, body)).body.code, "open-journey-exists");
});

t.test("a case is not opened again while the person is on another journey", async (t) => {
  const { body, caseId } = await ended("withdrawals");
  const anew = done(await registrar.post(cases, body));
  const refused = await registrar.post(at(caseId, "reopenings"), reopening);
  t.same([refused.status, refused.body.code], [409, "open-journey-exists"]);
  t.notMatch(refused.body.detail, /[{}]/, "every gap of the sentence is filled");
  t.equal((await doors.shown(caseId)).state, "withdrawn");
  done(await registrar.post(at(anew, "withdrawals"), { reason: "family-reasons" }));
  await node.settled();
  t.equal((await registrar.post(at(caseId, "reopenings"), reopening)).status, 200, "but after it");
});

t.test("who reopens the old case and registers anew at once has one journey", async (t) => {
  const { body, caseId } = await ended("closures");
  const answers = await Promise.all([registrar.post(at(caseId, "reopenings"), reopening), registrar.post(cases, body)]);
  const refused = answers.filter(({ status }) => status >= 400);
  t.same(
    refused.map(({ body: told }) => told.code as string),
    ["open-journey-exists"],
  );
});
