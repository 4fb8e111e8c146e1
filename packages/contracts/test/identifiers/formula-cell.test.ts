import t from "tap";
import { isFormulaCell } from "../../src/index.ts";

t.test("a field that a spreadsheet would run is a formula cell", async (t) => {
  const formulas = [
    "=1+1",
    '=HYPERLINK("http://example.org")',
    "+1+1",
    "-2+3",
    "@SUM(A1:A9)",
    "-",
    "+",
    "\tKarimov",
    "\rKarimov",
    " =1+1",
    "\u00a0=1+1",
    "+998901234567+1",
    "-cmd|' /C calc'!A0",
    "+998-90",
    "=31504901230013",
  ];
  for (const text of formulas) t.ok(isFormulaCell(text), JSON.stringify(text));
});

t.test("phones and plain numbers are none, nor is what begins with anything else", async (t) => {
  const plain = [
    "",
    "+998901234567",
    "+99897488",
    "+998 (90) 123-45-67",
    "-5",
    "-5,25",
    "+3.5",
    "31504901230013",
    "Karimov",
    "Abdu-Rahmon",
    "g‘isht teruvchi",
    "'=1+1",
    "a=b",
  ];
  for (const text of plain) t.notOk(isFormulaCell(text), JSON.stringify(text));
});
