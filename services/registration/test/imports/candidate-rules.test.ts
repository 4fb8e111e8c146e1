import t from "tap";
import { checkCandidate } from "../../src/domain/candidate-rules.ts";
import type { CandidateFields } from "../../src/domain/candidate-fields.ts";

const asOf = "2026-02-16";

/** As a program sends it: ISO dates, what is empty left out. */
const fields: CandidateFields = {
  channel: "representation",
  surname: "Усмонов",
  givenName: "Тимур",
  sex: "E",
  birthDate: "1990-04-15",
  pinfl: "31504901230013",
  passport: "АА 1234567",
  passportExpiry: "2030-01-01",
  phone: "901234567",
  regionSoato: "1726",
  destinations: ["DE", " DE", "JP"],
  consentDate: "2026-02-16",
  startsAbroad: true,
};

t.test("a form's fields are stored as they are compared", async (t) => {
  t.same(checkCandidate(fields, asOf), {
    reasons: [],
    warnings: ["passport-normalised", "phone-normalised"],
    normalised: { ...fields, passport: "AA1234567", phone: "+998901234567", destinations: ["DE", "JP"] },
  });
});

t.test("of an empty form every needed field is named once", async (t) => {
  const { reasons, warnings, normalised } = checkCandidate({}, asOf);
  t.equal(normalised, undefined);
  t.same(warnings, []);
  t.same(Object.fromEntries(reasons.map(({ code, field }) => [field, code])), {
    channel: "channel-unknown",
    surname: "field-missing",
    givenName: "field-missing",
    sex: "sex-unknown",
    birthDate: "birth-date-invalid",
    pinfl: "pinfl-malformed",
    passport: "passport-malformed",
    passportExpiry: "passport-expiry-invalid",
    phone: "phone-invalid",
    regionSoato: "region-unknown",
    consentDate: "consent-missing",
  });
  t.equal(reasons.length, 11);
});

t.test("a date of another form than ISO is none", async (t) => {
  const { reasons } = checkCandidate({ ...fields, birthDate: "15.04.1990" }, asOf);
  t.same(reasons, [{ code: "birth-date-invalid", field: "birthDate" }]);
});

t.test("years of experience are whole and at most 80", async (t) => {
  for (const experienceYears of [-1, 1.5, 81, Number.NaN])
    t.same(checkCandidate({ ...fields, experienceYears }, asOf).reasons, [
      { code: "experience-invalid", field: "experienceYears" },
    ]);
  t.equal(checkCandidate({ ...fields, experienceYears: 0 }, asOf).normalised?.experienceYears, 0);
});
