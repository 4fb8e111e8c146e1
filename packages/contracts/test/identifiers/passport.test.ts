import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { normalisePassport, passportValidityYears } from "../../src/index.ts";

t.test("a passport number is two letters and seven digits", async (t) => {
  t.same(normalisePassport("FA4517278"), { passport: "FA4517278", changed: false });
  for (const text of ["", "FA451727", "FA45172789", "F4517278", "4517278FA", "ЖЖ4517278", "FA-4517278"])
    t.equal(normalisePassport(text), undefined, text);
});

t.test("spaces, lower case and Cyrillic look-alikes are put right, and it is said that they were", async (t) => {
  for (const text of ["F\u0410 4517278", "fa4517278", "FA 45 17 278", "f\u0430\u00a04517278", "FA\u200b4517278"])
    t.same(normalisePassport(text), { passport: "FA4517278", changed: true }, text);
});

t.test("each of the eleven look-alikes stands for its Latin letter", async (t) => {
  const cyrillic = "А В Е К М Н О Р С Т Х".split(" ");
  const read = cyrillic.map((letter) => normalisePassport(`A${letter}0000000`)?.passport[1]).join("");
  t.equal(read, "ABEKMHOPCTX");
});

t.test("a normalised number is left as it is", async () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-ZА-Яa-zа-я ]{2,4}\d{7}$/), (text) => {
      const once = normalisePassport(text);
      if (once) deepEqual(normalisePassport(once.passport), { passport: once.passport, changed: false });
    }),
  );
});

t.test("a passport is valid for two, five or ten years by age", async (t) => {
  t.same([0, 1, 25, 26].map(passportValidityYears), [2, 5, 5, 10]);
});
