import t from "tap";
import { LANGUAGES, PLACES, regionName, regionOf, REGIONS } from "../../src/index.ts";

t.test("there are fourteen regions, each with its own code", async (t) => {
  t.equal(new Set(REGIONS.map(({ soato }) => soato)).size, 14);
});

t.test("a region is found by its own code and by a district's", async (t) => {
  t.equal(regionOf("1726")?.en, "Tashkent City");
  t.equal(regionOf("1726262")?.en, "Tashkent City");
  for (const place of PLACES) t.ok(regionOf(place.soato), place.uzLatn);
  for (const text of ["17", "1799", "Samarqand", "", "172626", "17262621", " 1726"])
    t.equal(regionOf(text), undefined, text);
});

t.test("a region has a name in all four languages", async (t) => {
  const region = regionOf("1718")!;
  t.same(
    LANGUAGES.map((language) => regionName(region, language)),
    ["Samarqand viloyati", "Самарқанд вилояти", "Самаркандская область", "Samarkand"],
  );
});
