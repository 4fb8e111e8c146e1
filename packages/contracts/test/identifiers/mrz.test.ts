import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { checkDigitOf, mrzContradictions, readMrz } from "../../src/index.ts";

/** The specimens of ICAO 9303: parts 4 (TD3), 5 (TD1) and 7 (MRV-A, MRV-B). */
const specimens = {
  TD3: ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"],
  TD1: ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"],
  "MRV-A": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"],
  "MRV-B": ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"],
} as const;

t.test("the specimens of ICAO 9303 are read, and no check digit of theirs is wrong", async (t) => {
  for (const [format, lines] of Object.entries(specimens)) {
    for (const text of [lines.join(""), lines.join("\r\n"), lines.join("\n").toLowerCase()])
      t.match(readMrz(text), { format, sex: "A", wrongCheckDigits: [] }, format);
  }
  t.match(readMrz(specimens.TD3.join("")), {
    documentNumber: "L898902C3",
    birthDate: "740812",
    expirationDate: "120415",
  });
  t.match(readMrz(specimens.TD1.join("")), { documentNumber: "D23145890", birthDate: "740812" });
  t.match(readMrz(specimens["MRV-A"].join("")), { documentNumber: "L8988901C", birthDate: "400907" });
});

const passport = "P<UZBALLABERGANOV<<XURSHID<<<<<<<<<<<<<<<<<<AD78254665UZB7505308M29120283300575447348140";

t.test("an Uzbek passport holds the personal number in positions 29 to 42 of line 2", async (t) => {
  t.same(readMrz(passport), {
    format: "TD3",
    documentNumber: "AD7825466",
    issuingCountry: "UZ",
    birthDate: "750530",
    sex: "E",
    expirationDate: "291202",
    pinfl: "33005754473481",
    wrongCheckDigits: [],
  });
});

t.test("each wrong check digit is named, and so is the composite one over it", async (t) => {
  const withDigit = (at: number) =>
    `${passport.slice(0, 44 + at)}${(Number(passport.charAt(44 + at)) + 1) % 10}${passport.slice(45 + at)}`;
  t.same(readMrz(withDigit(9))?.wrongCheckDigits, ["documentNumber", "composite"]);
  t.same(readMrz(withDigit(19))?.wrongCheckDigits, ["birthDate", "composite"]);
  t.same(readMrz(withDigit(27))?.wrongCheckDigits, ["expirationDate", "composite"]);
  t.same(readMrz(withDigit(42))?.wrongCheckDigits, ["personalNumber", "composite"]);
  t.same(readMrz(withDigit(43))?.wrongCheckDigits, ["composite"]);
});

t.test("a filler where a check digit stands is a wrong one", async (t) => {
  t.same(readMrz(`${passport.slice(0, 87)}<`)?.wrongCheckDigits, ["composite"]);
  t.match(readMrz(`${passport.slice(0, 53)}<${passport.slice(54)}`)?.wrongCheckDigits, ["documentNumber"]);
});

t.test("Germany is D<<, and organisations are no country", async (t) => {
  t.equal(readMrz(passport.replace("P<UZB", "P<D<<"))?.issuingCountry, "DE");
  t.equal(readMrz(passport.replace("P<UZB", "P<UNO"))?.issuingCountry, undefined);
});

t.test("what fits no format is not read", async (t) => {
  for (const text of [
    "",
    passport.slice(1),
    `${passport}<`,
    passport.replace("UZB", "УЗБ"),
    passport.replace("<<", "  "),
    "I".repeat(72),
  ])
    t.equal(readMrz(text), undefined, text);
});

t.test("the check digits of any passport line are those of the arithmetic", async () => {
  const characters = (length: number) => fc.stringMatching(new RegExp(`^[A-Z0-9]{${length}}$`));
  const date = fc.stringMatching(/^\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d)$/);
  fc.assert(
    fc.property(characters(9), date, date, characters(14), (number, born, expires, personal) => {
      const [numbered, aged, dated, personalised] = [number, born, expires, personal].map(
        (field) => `${field}${checkDigitOf(field)}`,
      );
      const composite = checkDigitOf(`${numbered}${aged}${dated}${personalised}`);
      const line = `${numbered}UZB${aged}M${dated}${personalised}`;
      deepEqual(readMrz(`${passport.slice(0, 44)}${line}${composite}`)?.wrongCheckDigits, []);
      deepEqual(readMrz(`${passport.slice(0, 44)}${line}${(composite + 1) % 10}`)?.wrongCheckDigits, ["composite"]);
    }),
    { numRuns: 50 },
  );
});

t.test("the zone is compared with the form: number, birth date, sex and personal number", async (t) => {
  const mrz = readMrz(passport)!;
  const form = { passport: "AD7825466", birthDate: "1975-05-30", sex: "E", pinfl: "33005754473481" } as const;
  t.same(mrzContradictions(mrz, form), []);
  t.same(mrzContradictions(mrz, { ...form, passport: "AD7825467" }), ["passport"]);
  t.same(mrzContradictions(mrz, { ...form, birthDate: "1975-05-31" }), ["birthDate"]);
  t.same(mrzContradictions(mrz, { ...form, sex: "A", pinfl: "33005754473482" }), ["sex", "pinfl"]);
  t.same(mrzContradictions({ ...mrz, pinfl: undefined }, { ...form, pinfl: "33005754473482" }), []);
});
