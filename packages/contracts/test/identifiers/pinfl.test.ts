import { equal } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { checkDigitOf, parsePinfl } from "../../src/index.ts";

t.test("a personal number says sex and birth date", async (t) => {
  t.same(parsePinfl("31504901230013"), { sex: "E", birthDate: "1990-04-15", checkDigitIsRight: true });
  t.same(parsePinfl("41504901230010"), { sex: "A", birthDate: "1990-04-15", checkDigitIsRight: true });
  t.same(parsePinfl("50101051234569"), { sex: "E", birthDate: "2005-01-01", checkDigitIsRight: true });
  t.match(parsePinfl("11504901230010"), { sex: "E", birthDate: "1890-04-15" });
  t.match(parsePinfl("62902041230010"), { sex: "A", birthDate: "2004-02-29" });
});

t.test("a number of another form is malformed", async (t) => {
  const malformed = [
    "",
    "3150490123001",
    "315049012300133",
    "01504901230013",
    "71504901230013",
    "3150490123001A",
    "3150490 1230013",
    "31504900000013",
    "31504900010003",
    "٣١٥٠٤٩٠١٢٣٠٠١٣",
  ];
  for (const text of malformed) t.equal(parsePinfl(text), undefined, text);
});

t.test("area and serial are not 000", async (t) => {
  t.ok(parsePinfl("31504900010019"));
  t.equal(parsePinfl("31504900000019"), undefined, "area");
  t.equal(parsePinfl("31504900010009"), undefined, "serial");
});

t.test("digits that are no date leave the rest of the number readable", async (t) => {
  t.match(parsePinfl("43102994378446"), { sex: "A", birthDate: undefined });
  t.match(parsePinfl("32902011230010"), { sex: "E", birthDate: undefined }, "29.02.1901");
});

t.test("any one wrong digit makes the check digit wrong", async () => {
  const digits = fc.stringMatching(/^[3-6](0[1-9]|1\d|2[0-8])(0[1-9]|1[0-2])\d\d[1-9]{6}$/);
  fc.assert(
    fc.property(digits, fc.integer({ min: 7, max: 12 }), fc.integer({ min: 1, max: 8 }), (number, at, shift) => {
      const changed = ((Number(number.charAt(at)) - 1 + shift) % 9) + 1;
      const withCheck = `${number}${checkDigitOf(number)}`;
      equal(parsePinfl(withCheck)?.checkDigitIsRight, true);
      // 7, 3 and 1 have no factor in common with 10: one digit that changes always changes the sum.
      equal(parsePinfl(`${withCheck.slice(0, at)}${changed}${withCheck.slice(at + 1)}`)?.checkDigitIsRight, false);
    }),
  );
});
