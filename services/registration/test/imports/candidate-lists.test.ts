import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import t from "tap";
import { foldFullName } from "@safar/contracts";
import { readList } from "@safar/service-kit";
import type { Candidate } from "../../src/domain/candidate-fields.ts";
import { CANDIDATE_COLUMNS } from "../../src/imports/candidate-columns.ts";
import { judgeCandidateRow } from "../../src/imports/candidate-row.ts";

const root = new URL("../../../../", import.meta.url);
const expectedText = await readFile(new URL("packages/testing/fixtures/expected.json", root), "utf8");
const { asOf, candidates: expected } = JSON.parse(expectedText) as {
  asOf: string;
  candidates: {
    rows: number;
    registered: number;
    rejected: Record<string, number>;
    warned: Record<string, number>;
    "duplicate-person": number;
    rowsByFault: Record<string, number[]>;
  };
};

/** The registered persons of one run: what the vault's index and the persons' streams are in the system. */
const registry = () => {
  const pinfls = new Set<string>();
  const passports = new Set<string>();
  const names = new Set<string>();
  return (person: Candidate): "duplicate-person" | "duplicate-suspected" | undefined => {
    if (pinfls.has(person.pinfl)) return "duplicate-person";
    const name = `${foldFullName(person)} ${person.birthDate}`;
    const isSuspected = passports.has(person.passport) || names.has(name);
    pinfls.add(person.pinfl);
    passports.add(person.passport);
    names.add(name);
    return isSuspected ? "duplicate-suspected" : undefined;
  };
};

t.test("the sample list is judged row by row as the expected outcome says", async (t) => {
  const duplicateOf = registry();
  const rowsByFault: Record<string, number[]> = {};
  const note = (code: string, row: number) => (rowsByFault[code] ??= []).push(row);
  let rows = 0;
  let registered = 0;
  for await (const { row, cells, fault } of readList(
    createReadStream(new URL("infra/simulator/lists/candidates.csv", root)),
    CANDIDATE_COLUMNS,
  )) {
    if (fault) note(fault.code, row);
    rows += 1;
    const judged = judgeCandidateRow(cells, { asOf });
    if (judged.outcome === "rejected") {
      for (const { code } of judged.reasons) note(code, row);
      continue;
    }
    const duplicate = duplicateOf(judged.registration);
    if (duplicate) note(duplicate, row);
    if (duplicate === "duplicate-person") continue;
    registered += 1;
    for (const warning of judged.warnings) note(warning, row);
  }
  t.equal(rows, expected.rows);
  t.equal(registered, expected.registered);
  t.same(rowsByFault, expected.rowsByFault, "row by row");
  const counts = Object.fromEntries(Object.entries(rowsByFault).map(([code, found]) => [code, found.length]));
  t.same(counts, { ...expected.rejected, ...expected.warned, "duplicate-person": expected["duplicate-person"] });
});
