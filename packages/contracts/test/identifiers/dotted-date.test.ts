import t from "tap";
import { parseDottedDate } from "../../src/index.ts";

t.test("a list's date is day, month and year with points between them", async (t) => {
  t.equal(parseDottedDate("16.02.2026"), "2026-02-16");
  t.equal(parseDottedDate("29.02.2024"), "2024-02-29");
});

t.test("another form, or a day that does not exist, is no date", async (t) => {
  for (const text of [
    "",
    "31.02.1999",
    "29.02.2026",
    "1.2.1990",
    "15.04.90",
    "1990-04-15",
    "15/04/1990",
    "00.01.2000",
    "01.13.2000",
    " 16.02.2026",
  ])
    t.equal(parseDottedDate(text), undefined, text);
});
