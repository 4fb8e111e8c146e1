import t from "tap";
import { DEADLINE_POLICIES, deadlinePolicy, HOLIDAYS, isWorkingDay, parseDuration } from "../../src/index.ts";

const none = { years: 0, months: 0, days: 0, hours: 0, minutes: 0 };

t.test("a duration has years, months, days, hours and minutes", async (t) => {
  t.same(parseDuration("P3D"), { ...none, days: 3 });
  t.same(parseDuration("P1M"), { ...none, months: 1 });
  t.same(parseDuration("PT72H"), { ...none, hours: 72 });
  t.same(parseDuration("PT15M"), { ...none, minutes: 15 });
  t.same(parseDuration("P1Y2M3DT4H5M"), { years: 1, months: 2, days: 3, hours: 4, minutes: 5 });
  for (const text of ["", "P", "PT", "3D", "P3", "P-3D", "P1.5D", "P3DT"])
    t.equal(parseDuration(text), undefined, text);
});

t.test("policies are found by id and say when, how long and by what", async (t) => {
  t.match(deadlinePolicy("vacancy-entry"), {
    starts: "PartnerContractSigned",
    met: ["VacancyPublished"],
    length: { days: 3, atMost: false },
    calendar: "calendar",
    alternative: "working",
  });
  t.same(deadlinePolicy("document-check")?.met, ["DocumentVerified", "DocumentRejected"]);
  t.match(deadlinePolicy("redeployment-bar")?.length, { years: 1, atMost: true });
  t.same(
    deadlinePolicy("document-expiry")?.before,
    [90, 60, 30].map((days) => ({ ...none, days })),
  );
  t.equal(deadlinePolicy("no-such"), undefined);
  t.equal(new Set(DEADLINE_POLICIES.map(({ id }) => id)).size, DEADLINE_POLICIES.length, "ids are unique");
});

t.test("working days are Monday to Friday less the holidays", async (t) => {
  t.ok(isWorkingDay("2026-02-16"), "a Monday");
  t.notOk(isWorkingDay("2026-02-15"), "a Sunday");
  t.notOk(isWorkingDay("2026-02-14"), "a Saturday");
  t.notOk(isWorkingDay("2026-09-01"), "Independence Day, a Tuesday");
  t.equal(HOLIDAYS.size, 7);
});
