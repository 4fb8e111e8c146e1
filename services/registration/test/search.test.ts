import t from "tap";
import { openDoors } from "./support/doors.ts";

/** How a clerk finds a case: by any number, or by name; and what that leaves on record. */

const doors = await openDoors(t);
const { node, registrar } = doors;
const search = "/registration/cases/search";

t.test("a case is found by each number that the person has", async (t) => {
  const body = doors.newBody();
  const { body: answer } = await registrar.post("/registration/cases", body);
  const ways = {
    pinfl: body["pinfl"],
    passport: body["passport"],
    phone: body["phone"],
    caseNumber: answer.caseNumber,
  };
  for (const [way, value] of Object.entries(ways)) t.same(await doors.found({ [way]: value }), [answer.id], way);
  t.same(await doors.found({ phone: body["phone"]!.replace("+998", "") }), [answer.id], "without the country's code");
  t.same(await doors.found({ passport: body["passport"]!.toLowerCase() }), [answer.id], "in small letters");
  t.same(await doors.found({ pinfl: "39912991234567" }), []);
});

t.test("a case is found by the same name in any script, apostrophe and order", async (t) => {
  const caseId = await doors.newCase({ surname: "Gʻulomov", givenName: "Oʻktam", patronymic: "Shavkatovich" });
  for (const name of [
    "Gʻulomov Oʻktam",
    "G'ulomov O'ktam",
    "g`ulomov",
    "Ғуломов Ўктам",
    "ЎКТАМ ҒУЛОМОВ",
    "Shavkatovich",
  ])
    t.same(await doors.found({ name }), [caseId], name);
  t.same(await doors.found({ name: "Gʻulomov Anvar" }), [], "every word has to be the person's");
  t.same(await doors.found({ name: "Gʻulo" }), [], "whole words only");
});

t.test("exactly one way of searching is given", async (t) => {
  const both = await registrar.post(search, { pinfl: "1", name: "Karimov" });
  t.match(both, { status: 400, body: { code: "invalid-request", errors: [{ code: "exactly-one" }] } });
  t.match(await registrar.post(search, {}), { status: 400, body: { errors: [{ code: "exactly-one" }] } });
});

t.test("a page that nobody named is refused", async (t) => {
  for (const cursor of ["zz", "", "00000000-0000-0000-0000-00000000000g"])
    t.match(await registrar.post(search, { name: "Karimov", cursor }), {
      status: 400,
      body: { code: "invalid-request", errors: [{ pointer: "/cursor" }] },
    });
});

t.test("what is no number and no name finds nobody, and breaks nothing", async (t) => {
  for (const by of [
    { pinfl: "abc" },
    { pinfl: "1" },
    { passport: "?" },
    { phone: "phone" },
    { caseNumber: "%" },
    { name: "'''" },
    { name: Array.from({ length: 60 }, (_, n) => String.fromCharCode(97 + (n % 26), 97 + (n % 23))).join(" ") },
  ]) {
    const { status, body } = await registrar.post(search, by);
    t.ok(status === 400 || (status === 200 && body.items.length === 0), `${JSON.stringify(by)} ${status}`);
  }
});

t.test("a branch finds its own cases only, an agency its own candidates only", async (t) => {
  const name = "Toʻraqulov";
  const ofBranch = await doors.newCase({ surname: name, givenName: "Botir" });
  const licence = "XBA-0047";
  const agency = await doors.as({ role: "agency", unit: licence });
  const brought = await agency.post(
    "/registration/cases",
    doors.newBody({ surname: name, givenName: "Zokir", channel: "agency", agencyLicence: licence }),
  );
  t.equal(brought.status, 201, JSON.stringify(brought.body));
  const otherBranch = await doors.as({ role: "registrar", unit: "1703" });
  const otherAgency = await doors.as({ role: "agency", unit: "XBA-0048" });
  const representative = await doors.as({ role: "representative" });
  t.same(await doors.found({ name }, agency), [brought.body.id]);
  t.same(await doors.found({ name }, otherAgency), []);
  t.same(await doors.found({ name }, otherBranch), []);
  t.same(new Set(await doors.found({ name })), new Set([ofBranch, brought.body.id]), "it lies in the branch's region");
  t.same(new Set(await doors.found({ name }, representative)), new Set([ofBranch, brought.body.id]));
  const trainer = await doors.as({ role: "trainer" });
  t.equal((await trainer.post(search, { name })).body.code, "role-not-allowed");
});

t.test("that somebody out of scope has a number is not told by a next page either", async (t) => {
  const surname = "Xolmirzayev";
  const body = doors.newBody({ surname, givenName: "Anvar" });
  await registrar.post("/registration/cases", body);
  const own = await doors.newCase({ surname, givenName: "Botir" });
  await doors.newCase({ surname, givenName: "Davron" });
  await node.settled();
  const otherBranch = await doors.as({ role: "registrar", unit: "1703" });
  for (const by of [{ pinfl: body["pinfl"] }, { phone: body["phone"] }, { name: surname }])
    t.same((await otherBranch.post(search, { ...by, limit: 1 })).body, { items: [] }, JSON.stringify(by));
  const candidates = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < 5 && (page === 0 || cursor !== undefined); page += 1) {
    const { body: found } = await registrar.post(search, { name: surname, limit: 1, cursor });
    for (const { caseId } of found.items) candidates.add(caseId);
    cursor = found.next;
  }
  t.equal(candidates.size, 3, "page by page everybody in scope is found");
  t.ok(candidates.has(own));
});

t.test("whose name was shown is on record, by whom and where; who found nothing left none", async (t) => {
  const body = doors.newBody();
  const { body: answer } = await registrar.post("/registration/cases", body);
  const otherBranch = await doors.as({ role: "registrar", unit: "1703" });
  await doors.found({ pinfl: body["pinfl"] }, otherBranch);
  t.same(await doors.eventsOf(`access-${answer.id}`), []);
  await doors.found({ pinfl: body["pinfl"] });
  const [reading, ...others] = await doors.eventsOf(`access-${answer.id}`);
  t.same(others, []);
  t.match(reading, {
    type: "PersonalDataRead",
    data: { what: "registration.SearchCases", fields: ["/surname", "/givenName", "/pinfl"] },
    meta: { actor: { id: "registrar-1726", role: "registrar" } },
  });
  t.notMatch(JSON.stringify(reading?.data), body["surname"]!, "the record itself holds nothing personal");
});

t.test("an operator sees no name, but which case has a number or a name is on record", async (t) => {
  const body = doors.newBody();
  const { body: answer } = await registrar.post("/registration/cases", body);
  await node.settled();
  const operator = await doors.as({ role: "operator" });
  const ways = {
    pinfl: ["/pinfl"],
    passport: ["/passport"],
    phone: ["/phone"],
    surname: ["/surname", "/givenName", "/patronymic"],
  };
  for (const [field, fields] of Object.entries(ways)) {
    const before = await doors.eventsOf(`access-${answer.id}`);
    const asked = { [field === "surname" ? "name" : field]: body[field] };
    const { body: found } = await operator.post(search, asked);
    const own = found.items.find(({ caseId }: { caseId: string }) => caseId === answer.id);
    t.match(own, { caseId: answer.id, redacted: ["/surname", "/givenName"] }, field);
    t.notMatch(JSON.stringify(found), body["surname"]!);
    const [reading, ...others] = (await doors.eventsOf(`access-${answer.id}`)).slice(before.length);
    t.same(others, [], "one record");
    t.match(reading, { type: "PersonalDataRead", meta: { actor: { role: "operator" } } });
    t.same(reading?.data["fields"], fields, "of what the question confirms");
  }
});

t.test("an operator who asks for a case by its number learns nothing personal, and leaves no record", async (t) => {
  const { body: answer } = await registrar.post("/registration/cases", doors.newBody());
  await node.settled();
  const operator = await doors.as({ role: "operator" });
  const { body: found } = await operator.post(search, { caseNumber: answer.caseNumber });
  t.match(found.items, [{ caseId: answer.id, redacted: ["/surname", "/givenName"] }]);
  t.same(await doors.eventsOf(`access-${answer.id}`), []);
});
