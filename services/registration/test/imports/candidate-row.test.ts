import t from "tap";
import { LANGUAGES } from "@safar/contracts";
import type { CandidateCells, CandidateColumn } from "../../src/imports/candidate-columns.ts";
import { judgeCandidateRow } from "../../src/imports/candidate-row.ts";
import { CANDIDATE_SENTENCES } from "../../src/imports/reasons.ts";

const asOf = "2026-02-16";

/** A row without a fault, an invented person. */
const row: CandidateCells = {
  row: "1",
  list_date: "16.02.2026",
  channel: "branch",
  agency_licence: "",
  surname: "Ergasheva",
  given_name: "Malika",
  patronymic: "Po‘lat qizi",
  sex: "A",
  birth_date: "13.05.1977",
  pinfl: "41305771112730",
  passport: "FB9131731",
  passport_expiry: "19.06.2032",
  mrz: "P<UZBERGASHEVA<<MALIKA<<<<<<<<<<<<<<<<<<<<<<FB91317313UZB7705131F32061914130577111273000",
  phone: "+998933133259",
  region_soato: "1718",
  profession: "haydovchi",
  isco: "8332",
  experience_years: "18",
  language: "en",
  cefr: "B2",
  destinations: "JP|SA|LT",
  consent_date: "23.01.2026",
};

const judge = (changes: Partial<CandidateCells>) => judgeCandidateRow({ ...row, ...changes }, { asOf });

/** `code column` of every reason, or the warnings of a row that is acceptable. */
const reasonsOf = (changes: Partial<CandidateCells>): string[] => {
  const judged = judge(changes);
  return judged.outcome === "rejected" ? judged.reasons.map(({ code, column }) => `${code} ${column}`).sort() : [];
};
const warningsOf = (changes: Partial<CandidateCells>) => judge(changes).warnings;

t.test("a row without a fault becomes the fields of a registration", async (t) => {
  t.same(judge({}), {
    outcome: "acceptable",
    registration: {
      channel: "branch",
      surname: "Ergasheva",
      givenName: "Malika",
      patronymic: "Po‘lat qizi",
      sex: "A",
      birthDate: "1977-05-13",
      pinfl: "41305771112730",
      passport: "FB9131731",
      passportExpiry: "2032-06-19",
      mrz: row.mrz,
      phone: "+998933133259",
      regionSoato: "1718",
      profession: "haydovchi",
      isco: "8332",
      experienceYears: 18,
      language: "en",
      cefr: "B2",
      destinations: ["JP", "SA", "LT"],
      consentDate: "2026-01-23",
      startsAbroad: false,
    },
    listDate: "2026-02-16",
    warnings: [],
  });
});

t.test("what is empty is left out, and spaces around a cell do not matter", async (t) => {
  const empty = { patronymic: "", mrz: "", profession: " ", isco: "", experience_years: "", language: "", cefr: "" };
  const judged = judge({ ...empty, destinations: "", surname: "  Ergasheva " });
  t.equal(judged.outcome, "acceptable");
  if (judged.outcome !== "acceptable") return;
  for (const field of [
    "patronymic",
    "mrz",
    "profession",
    "isco",
    "experienceYears",
    "language",
    "cefr",
    "agencyLicence",
  ])
    t.notOk(field in judged.registration, field);
  t.match(judged.registration, { surname: "Ergasheva", destinations: [] });
});

t.test("each reason is named with its column", async (t) => {
  const faults: Record<string, Partial<CandidateCells>> = {
    "pinfl-malformed pinfl": { pinfl: "4130577111273" },
    "pinfl-sex-mismatch pinfl": { sex: "E" },
    "pinfl-birth-date-mismatch pinfl": { birth_date: "14.05.1977" },
    "phone-invalid phone": { phone: "+99897488" },
    "consent-missing consent_date": { consent_date: "" },
    "consent-in-future consent_date": { consent_date: "17.02.2026" },
    "region-unknown region_soato": { region_soato: "Samarqand" },
    "passport-expired passport_expiry": { passport_expiry: "15.02.2026" },
    "birth-date-invalid birth_date": { birth_date: "31.02.1977" },
    "language-level-unknown cefr": { cefr: "yaxshi" },
    "agency-licence-missing agency_licence": { channel: "agency" },
    "formula-cell profession": { profession: "=1+1" },
    "field-missing surname": { surname: "" },
    "field-missing given_name": { given_name: " " },
    "field-too-long surname": { surname: "a".repeat(101) },
    "channel-unknown channel": { channel: "broker" },
    "sex-unknown sex": { sex: "M" },
    "passport-malformed passport": { passport: "9131731" },
    "passport-expiry-invalid passport_expiry": { passport_expiry: "" },
    "isco-malformed isco": { isco: "83" },
    "experience-invalid experience_years": { experience_years: "ko‘p" },
    "language-unknown language": { language: "nemischa" },
    "country-unknown destinations": { destinations: "JP|XX" },
  };
  for (const [reason, changes] of Object.entries(faults)) t.same(reasonsOf(changes), [reason]);
  t.same(reasonsOf({ birth_date: "13.05.2010", pinfl: "61305101112730" }), ["underage birth_date"]);
});

t.test("every reason that applies is named at once", async (t) => {
  t.same(reasonsOf({ pinfl: "1", phone: "1", region_soato: "17", consent_date: "", cefr: "B3", surname: "@x" }), [
    "consent-missing consent_date",
    "formula-cell surname",
    "language-level-unknown cefr",
    "phone-invalid phone",
    "pinfl-malformed pinfl",
    "region-unknown region_soato",
  ]);
  t.same(reasonsOf({ sex: "E", birth_date: "14.05.1977" }), [
    "pinfl-birth-date-mismatch pinfl",
    "pinfl-sex-mismatch pinfl",
  ]);
});

t.test("a birth date that is none is compared with nothing, and a malformed PINFL is not either", async (t) => {
  t.same(reasonsOf({ birth_date: "31.02.2010", pinfl: "63102101112730" }), ["birth-date-invalid birth_date"]);
  t.same(reasonsOf({ sex: "E", pinfl: "00000000000000" }), ["pinfl-malformed pinfl"]);
  t.same(warningsOf({ pinfl: "0000000000000" }), []);
});

t.test("age, passport and consent are judged on the day of the import", async (t) => {
  const bornOn = (birth_date: string, pinfl: string) => reasonsOf({ birth_date, pinfl });
  t.same(bornOn("16.02.2008", "61602081112730"), [], "eighteen today");
  t.same(bornOn("17.02.2008", "61702081112730"), ["underage birth_date"], "eighteen tomorrow");
  t.same(reasonsOf({ passport_expiry: "16.02.2026" }), [], "its last day");
  t.same(reasonsOf({ consent_date: "16.02.2026" }), [], "given today");
});

t.test("a region is named by its own code: a name, a part or a district's code is none", async (t) => {
  for (const region_soato of ["", "17", "1799", "Samarqand", "1726262"])
    t.same(reasonsOf({ region_soato }), ["region-unknown region_soato"], region_soato);
});

t.test("a level is judged only where there is a language, and a language needs one", async (t) => {
  t.same(reasonsOf({ language: "", cefr: "yaxshi" }), []);
  t.same(reasonsOf({ language: "de", cefr: "" }), ["language-level-unknown cefr"]);
  const judged = judge({ language: "", cefr: "B1" });
  t.ok(
    judged.outcome === "acceptable" && judged.registration.cefr === undefined,
    "a level of no language says nothing",
  );
});

t.test("warnings do not stop a row, and a rejected row has them too", async (t) => {
  t.same(warningsOf({ pinfl: "41305771112731" }), ["pinfl-check-digit"]);
  t.same(warningsOf({ mrz: `${row.mrz.slice(0, 87)}1` }), ["mrz-check-digit"]);
  t.same(warningsOf({ mrz: "P<UZB" }), ["mrz-check-digit"], "too short to have right ones");
  t.same(warningsOf({ passport: "F\u0412 9131731" }), ["passport-normalised"]);
  t.same(warningsOf({ phone: "8 933133259" }), ["phone-normalised"]);
  t.same(warningsOf({ surname: "\u0415rgasheva" }), ["name-script-mixed"]);
  t.same(judge({ phone: "8 933133259", region_soato: "17" }), {
    outcome: "rejected",
    reasons: [{ code: "region-unknown", column: "region_soato" }],
    warnings: ["phone-normalised"],
  });
});

t.test("a zone that contradicts the form is no matter of the list", async (t) => {
  t.same(judge({ passport: "FB9131732" }).warnings, []);
  t.equal(judge({ passport: "FB9131732" }).outcome, "acceptable");
});

t.test("a formula is found in any column, also behind a tab, and is only that", async (t) => {
  const columns: CandidateColumn[] = [
    "row",
    "list_date",
    "surname",
    "passport",
    "isco",
    "experience_years",
    "destinations",
  ];
  for (const column of columns) t.same(reasonsOf({ [column]: "=1+1" }), [`formula-cell ${column}`]);
  t.same(reasonsOf({ given_name: "\tMalika" }), ["formula-cell given_name"]);
  t.same(reasonsOf({ region_soato: "=1718" }), ["formula-cell region_soato", "region-unknown region_soato"]);
  t.same(reasonsOf({ phone: "=998933133259" }), ["formula-cell phone", "phone-invalid phone"]);
  t.same(reasonsOf({ phone: "+998 (93) 313-32-59" }), []);
});

t.test("every code has a sentence in all four languages, and no two codes say the same", async (t) => {
  for (const language of LANGUAGES) {
    const sentences = Object.values(CANDIDATE_SENTENCES).map((sentence) => sentence[language]);
    t.equal(new Set(sentences).size, sentences.length, language);
    t.ok(sentences.every((sentence) => sentence.length > 10 && !sentence.includes("{")));
  }
  const latin = Object.values(CANDIDATE_SENTENCES)
    .map((sentence) => sentence["uz-Latn"])
    .join();
  t.notMatch(latin, /[а-яўқғҳ]/i, "Uzbek in Latin letters has no Cyrillic ones");
});
