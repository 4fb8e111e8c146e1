import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import t from "tap";
import { readList } from "@safar/service-kit";
import { VACANCY_COLUMNS } from "../../src/domain/vacancy/vacancy-columns.ts";
import { judgeVacancyRow } from "../../src/imports/vacancy-row.ts";

const root = new URL("../../../../", import.meta.url);
const expectedText = await readFile(new URL("packages/testing/fixtures/expected.json", root), "utf8");
const { vacancies: expected } = JSON.parse(expectedText) as {
  vacancies: {
    rows: number;
    published: number;
    rejected: Record<string, number>;
    warned: Record<string, number>;
    rowsByFault: Record<string, number[]>;
  };
};

t.test("the sample list is judged row by row as the expected outcome says", async (t) => {
  const rowsByFault: Record<string, number[]> = {};
  const note = (code: string, row: number) => (rowsByFault[code] ??= []).push(row);
  let rows = 0;
  let published = 0;
  const list = createReadStream(new URL("infra/simulator/lists/vacancies.csv", root));
  for await (const { row, cells, fault } of readList(list, VACANCY_COLUMNS)) {
    rows += 1;
    if (fault) note(fault.code, row);
    const judged = judgeVacancyRow(cells);
    if (judged.outcome === "acceptable") published += 1;
    else for (const { code } of judged.reasons) note(code, row);
    for (const warning of judged.warnings) note(warning, row);
  }
  t.equal(rows, expected.rows);
  t.equal(published, expected.published);
  t.same(rowsByFault, expected.rowsByFault, "row by row");
  const counts = Object.fromEntries(Object.entries(rowsByFault).map(([code, found]) => [code, found.length]));
  t.same(counts, { ...expected.rejected, ...expected.warned });
});
