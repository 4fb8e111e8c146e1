import t from "tap";
import {
  corridorOf,
  CORRIDORS,
  isSector,
  REQUIREMENT_SETS,
  requirementSetOf,
  type RequirementSet,
} from "../../src/index.ts";

t.test("a corridor is a country and a sector", async (t) => {
  t.equal(corridorOf({ country: "SA", sector: "medicine" })?.kind, "gulf");
  t.equal(corridorOf({ country: "SA", sector: "services" })?.kind, "traditional");
  t.equal(corridorOf({ country: "SA", sector: "agriculture" }), undefined);
  t.equal(new Set(CORRIDORS.map(({ country, sector }) => `${country} ${sector}`)).size, CORRIDORS.length, "none twice");
  t.ok(isSector("care"));
  t.notOk(isSector("fishing"));
});

t.test("the set that names the sector beats the country's, and the country's the general one", async (t) => {
  const on = "2026-02-16";
  t.same(requirementSetOf({ country: "DE", sector: "medicine", on })?.requires.language, { tag: "de", cefr: "B2" });
  t.same(requirementSetOf({ country: "DE", sector: "care", on })?.requires.language, { tag: "de", cefr: "B1" });
  t.match(requirementSetOf({ country: "LV", sector: "care", on }), { country: "*", sector: "*" });
});

t.test("a set counts from its date on, and the latest of equally specific ones counts", async (t) => {
  const [general] = REQUIREMENT_SETS.filter((set) => set.country === "*");
  const later: RequirementSet = { ...general!, country: "LV", from: "2026-06-01" };
  const latest: RequirementSet = { ...later, from: "2026-09-01" };
  const sets = [general!, latest, later];
  const fromOn = (on: string) => requirementSetOf({ country: "LV", sector: "care", on }, sets)?.from;
  t.equal(fromOn("2025-12-31"), undefined);
  t.equal(fromOn("2026-01-01"), "2026-01-01");
  t.equal(fromOn("2026-05-31"), "2026-01-01");
  t.equal(fromOn("2026-06-01"), "2026-06-01");
  t.equal(fromOn("2027-01-01"), "2026-09-01");
});

t.test("every corridor has a requirement set in 2026", async (t) => {
  for (const corridor of CORRIDORS)
    t.ok(requirementSetOf({ ...corridor, on: "2026-01-01" }), `${corridor.country} ${corridor.sector}`);
});
