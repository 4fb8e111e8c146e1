import { z } from "zod";
import type { JudgedRow, Language, Sentence } from "@safar/contracts";
import type { ImportState } from "./import-log.ts";
import { reasonDetail } from "./words.ts";

const count = z.int().min(0);

/** `GET …/imports/{id}` (interface.md, Lists in). While it runs, the counts are those of the rows judged so far. */
export const importAnswer = z.object({
  id: z.uuid(),
  state: z.enum(["running", "done", "failed"]),
  rows: count,
  registered: count,
  rejected: count,
  duplicates: count,
  warned: count,
  byReason: z.record(z.string(), count),
});

export const summaryOf = (id: string, { received, phase, counts }: ImportState): z.infer<typeof importAnswer> => {
  const { registered, rejected, duplicates, warned, byReason } = counts;
  const state = phase === "none" ? "running" : phase;
  return { id, state, rows: received?.rows ?? 0, registered, rejected, duplicates, warned, byReason };
};

/** One line of `GET …/imports/{id}/rows`. `duplicateOf` stays only for those who may see what it names. */
export const rowAnswer = (
  judged: JudgedRow,
  sentences: Readonly<Record<string, Sentence>>,
  language: Language,
  showsDuplicate: boolean,
): Readonly<Record<string, unknown>> => {
  const { row, outcome, reasons = [], warnings = [], caseId, vacancyId, duplicateOf, duplicateOfRow } = judged;
  const errors = reasons.map((reason) => ({
    ...(reason.column === undefined ? {} : { column: reason.column }),
    code: reason.code,
    detail: reasonDetail(sentences, reason, language),
  }));
  return {
    row,
    outcome,
    reasons: [...new Set(reasons.map(({ code }) => code))],
    warnings,
    ...(caseId === undefined ? {} : { caseId }),
    ...(vacancyId === undefined ? {} : { vacancyId }),
    ...(duplicateOf === undefined || !showsDuplicate ? {} : { duplicateOf }),
    ...(duplicateOfRow === undefined ? {} : { duplicateOfRow }),
    ...(errors.length > 0 ? { errors } : {}),
  };
};
