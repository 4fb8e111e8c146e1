import { deepEqual } from "node:assert/strict";
import fc from "fast-check";
import t from "tap";
import { normalisePhone } from "../../src/index.ts";

t.test("E.164 is taken as it is, of any country and with any prefix", async (t) => {
  for (const phone of [
    "+998914434714",
    "+998001234567",
    "+79161234567",
    "+4915112345678",
    "+821012345678",
    "+905321234567",
  ])
    t.same(normalisePhone(phone), { phone, changed: false });
});

t.test("punctuation is dropped, a trunk 8 before nine digits too, and +998 is added to nine digits", async (t) => {
  const writings = [
    "+998 (90) 123-45-67",
    "998901234567",
    "901234567",
    "(90) 123-45-67",
    "8 901234567",
    "8(90)1234567",
    "90.123.45.67",
    "90\u00a0123–45–67",
  ];
  for (const text of writings) t.same(normalisePhone(text), { phone: "+998901234567", changed: true }, text);
  t.same(normalisePhone("8 916 123 45 6"), { phone: "+998916123456", changed: true });
});

t.test("what is not possible in length or is no number is refused", async (t) => {
  for (const text of [
    "",
    "0",
    "998",
    "+99897488",
    "+9989748812",
    "+9989012345678",
    "12345",
    "yo‘q",
    "90x1234567",
    "+",
    "++998901234567",
  ])
    t.equal(normalisePhone(text), undefined, text);
});

t.test("a normalised number is left as it is", async () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?[0-9 ()-]{7,18}$/), (text) => {
      const once = normalisePhone(text);
      if (once) deepEqual(normalisePhone(once.phone), { phone: once.phone, changed: false });
    }),
  );
});
