import t from "tap";
import { LANGUAGES } from "@safar/contracts";
import { VACANCY_SENTENCES } from "../../src/imports/reasons.ts";
import { VACANCY_COLUMNS, type VacancyCells } from "../../src/domain/vacancy/vacancy-columns.ts";
import { partnerKey, vacancyContentKey } from "../../src/domain/vacancy/vacancy-key.ts";
import { judgeVacancyRow } from "../../src/imports/vacancy-row.ts";

const row: VacancyCells = {
  row: "1",
  partner: "RRG GmbH",
  country: "DE",
  sector: "construction",
  isco: "7112",
  positions: "120",
  wage_month: "2247",
  currency: "EUR",
  contract_months: "12",
  language: "de",
  cefr: "A2",
  min_age: "18",
  max_age: "45",
  source_channel: "agency",
  contract_signed: "19.01.2026",
  entered: "22.01.2026",
  fee_from_worker: "0",
};

const judge = (changes: Partial<VacancyCells>) => judgeVacancyRow({ ...row, ...changes });
const reasonsOf = (changes: Partial<VacancyCells>): string[] => {
  const judged = judge(changes);
  return judged.outcome === "rejected" ? judged.reasons.map(({ code, column }) => `${code} ${column}`).sort() : [];
};
const vacancyOf = (changes: Partial<VacancyCells>) => {
  const judged = judge(changes);
  return judged.outcome === "acceptable" ? judged.vacancy : undefined;
};

t.test("a row without a fault becomes a vacancy as it is published", async (t) => {
  t.same(judge({}), {
    outcome: "acceptable",
    vacancy: {
      partner: "RRG GmbH",
      corridor: { country: "DE", sector: "construction" },
      positions: 120,
      contractMonths: 12,
      terms: { wageMonth: { minor: 224_700, currency: "EUR" }, isco: "7112" },
      requirements: { language: { tag: "de", cefr: "A2" }, minAge: 18, maxAge: 45 },
      sourceChannel: "agency",
      contractSignedOn: "2026-01-19",
      enteredOn: "2026-01-22",
    },
    warnings: [],
  });
});

t.test("a wage in whole major units is stored in the minor units of its currency", async (t) => {
  const wageIn = (currency: string) => vacancyOf({ wage_month: "1500", currency })?.terms.wageMonth;
  t.same(wageIn("JPY"), { minor: 1500, currency: "JPY" });
  t.same(wageIn("USD"), { minor: 150_000, currency: "USD" });
  t.same(wageIn("KWD"), { minor: 1_500_000, currency: "KWD" });
  for (const wage_month of ["", "0", "-5", "1500,50", "1.5", "a lot", "9".repeat(14)])
    t.same(reasonsOf({ wage_month }), ["wage-invalid wage_month"], wage_month);
  t.same(reasonsOf({ currency: "EURO" }), ["wage-invalid currency"]);
});

t.test("a language may stand without a level, and ages may be open", async (t) => {
  t.same(vacancyOf({ cefr: "" })?.requirements.language, { tag: "de" });
  t.same(vacancyOf({ language: "", cefr: "", min_age: "", max_age: "" })?.requirements, {});
  t.same(vacancyOf({ language: "", cefr: "none" })?.requirements.language, undefined, "a level of no language");
});

t.test("a country and sector without a corridor are accepted", async (t) => {
  t.same(vacancyOf({ country: "KZ", sector: "fishing" })?.corridor, { country: "KZ", sector: "fishing" });
});

t.test("each reason is named with its column", async (t) => {
  const faults: Record<string, Partial<VacancyCells>> = {
    "positions-invalid positions": { positions: "many" },
    "country-unknown country": { country: "XX" },
    "source-channel-unknown source_channel": { source_channel: "broker" },
    "fee-charged-to-worker fee_from_worker": { fee_from_worker: "150" },
    "language-level-unknown cefr": { cefr: "B3" },
    "language-unknown language": { language: "nemischa" },
    "field-missing partner": { partner: " " },
    "field-too-long partner": { partner: "a".repeat(201) },
    "sector-malformed sector": { sector: "" },
    "isco-malformed isco": { isco: "711" },
    "contract-months-invalid contract_months": { contract_months: "0" },
    "age-limits-invalid min_age": { min_age: "x" },
    "age-limits-invalid max_age": { max_age: "17" },
    "date-invalid contract_signed": { contract_signed: "31.02.2026" },
    "date-invalid entered": { entered: "" },
    "formula-cell partner": { partner: "=1+1" },
  };
  for (const [reason, changes] of Object.entries(faults)) t.same(reasonsOf(changes), [reason]);
  for (const positions of ["0", "-5", "1,5", "", "100001"])
    t.same(reasonsOf({ positions }), ["positions-invalid positions"]);
});

t.test("every reason that applies is named at once", async (t) => {
  t.same(reasonsOf({ positions: "0", country: "XX", wage_month: "", source_channel: "broker", fee_from_worker: "1" }), [
    "country-unknown country",
    "fee-charged-to-worker fee_from_worker",
    "positions-invalid positions",
    "source-channel-unknown source_channel",
    "wage-invalid wage_month",
  ]);
  t.same(reasonsOf({ language: "nemischa", cefr: "yaxshi" }), [
    "language-level-unknown cefr",
    "language-unknown language",
  ]);
});

t.test("no fee is an empty cell or zero; whatever else stands there is one", async (t) => {
  for (const fee_from_worker of ["", "0", "0,00"]) t.same(reasonsOf({ fee_from_worker }), [], fee_from_worker);
  for (const fee_from_worker of ["1", "0,5", "bor", "-1"])
    t.same(reasonsOf({ fee_from_worker }), ["fee-charged-to-worker fee_from_worker"], fee_from_worker);
});

t.test("an entry more than three days after the contract is a warning, of a rejected row too", async (t) => {
  t.same(judge({ entered: "22.01.2026" }).warnings, [], "three days");
  t.same(judge({ entered: "23.01.2026" }).warnings, ["entered-after-deadline"], "four days");
  t.same(judge({ entered: "18.01.2026" }).warnings, [], "before the contract");
  t.match(judge({ entered: "23.01.2026", positions: "0" }), {
    outcome: "rejected",
    warnings: ["entered-after-deadline"],
  });
});

t.test("a vacancy is the same whatever its row, its entry and the spelling of its partner", async (t) => {
  const key = vacancyContentKey(row);
  t.equal(vacancyContentKey({ ...row, row: "7", entered: "01.02.2026" }), key);
  t.equal(vacancyContentKey({ ...row, partner: " rrg  GMBH" }), key);
  for (const column of VACANCY_COLUMNS.filter((column) => column !== "row" && column !== "entered"))
    t.not(vacancyContentKey({ ...row, [column]: "other" }), key, column);
  t.not(
    vacancyContentKey({ ...row, min_age: "", max_age: "18" }),
    vacancyContentKey({ ...row, min_age: "18", max_age: "" }),
  );
});

t.test("a partner is the same in any script, case and spacing", async (t) => {
  t.equal(partnerKey("«Юлдуз» МЧЖ"), partnerKey('"YULDUZ"  mchj'));
  t.not(partnerKey("RRG GmbH"), partnerKey("RRG AG"));
});

t.test("every code has a sentence in all four languages, and no two codes say the same", async (t) => {
  for (const language of LANGUAGES) {
    const sentences = Object.values(VACANCY_SENTENCES).map((sentence) => sentence[language]);
    t.equal(new Set(sentences).size, sentences.length, language);
  }
  const latin = Object.values(VACANCY_SENTENCES)
    .map((sentence) => sentence["uz-Latn"])
    .join();
  t.notMatch(latin, /[а-яўқғҳ]/i, "Uzbek in Latin letters has no Cyrillic ones");
});
