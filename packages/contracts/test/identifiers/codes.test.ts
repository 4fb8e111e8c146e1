import t from "tap";
import {
  alpha2Of,
  countryName,
  currencyDigits,
  isCefrLevel,
  isIscoCode,
  isKnownCountry,
  LANGUAGES,
  normaliseLanguage,
  reachesLevel,
} from "../../src/index.ts";

t.test("a country is an alpha-2 code in upper case", async (t) => {
  for (const code of ["UZ", "DE", "JP", "KR", "GB"]) t.ok(isKnownCountry(code), code);
  for (const code of ["XX", "de", "UZB", "Germany", "", "860", "UK"]) t.notOk(isKnownCountry(code), code);
  t.equal(alpha2Of("UZB"), "UZ");
  t.equal(alpha2Of("XXX"), undefined);
});

t.test("a country has a name in all four languages", async (t) => {
  t.same(
    LANGUAGES.map((language) => countryName("DE", language)),
    ["Germaniya", "Германия", "Германия", "Germany"],
  );
  t.equal(countryName("SA", "uz-Cyrl"), "Саудия Арабистони");
  t.equal(countryName("GB", "en"), "United Kingdom");
  t.equal(countryName("XX", "en"), undefined);
});

t.test("a language is a BCP 47 tag that has a name, in its canonical form", async (t) => {
  t.equal(normaliseLanguage("de"), "de");
  t.equal(normaliseLanguage("DE"), "de");
  t.equal(normaliseLanguage("uz-cyrl"), "uz-Cyrl");
  for (const tag of ["yaxshi", "xx", "", "de_DE", "немецкий", "german", "de-", "de-1"])
    t.equal(normaliseLanguage(tag), undefined, tag);
});

t.test("levels are ordered from A1 to C2", async (t) => {
  t.ok(isCefrLevel("B2"));
  for (const text of ["B3", "b2", "yaxshi", ""]) t.notOk(isCefrLevel(text), text);
  t.ok(reachesLevel("B1", "B1"));
  t.ok(reachesLevel("C1", "A2"));
  t.notOk(reachesLevel("A2", "B1"));
});

t.test("an occupation is four digits", async (t) => {
  for (const code of ["7112", "0110"]) t.ok(isIscoCode(code), code);
  for (const code of ["711", "71125", "7I12", ""]) t.notOk(isIscoCode(code), code);
});

t.test("currencies have no, two or three digits of minor unit", async (t) => {
  const digits = { JPY: 0, KRW: 0, EUR: 2, UZS: 2, TRY: 2, KZT: 2, KWD: 3, OMR: 3, BHD: 3 };
  for (const [code, count] of Object.entries(digits)) t.equal(currencyDigits(code), count, code);
  for (const code of ["", "EURO", "eur", "XXX", "DEM"]) t.equal(currencyDigits(code), undefined, code);
});
