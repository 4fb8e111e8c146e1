import { z } from "zod";
import { reasonCode, uuid } from "../fields.ts";

/** The lists that the system takes in (import.md). */
export const importKindSchema = z.enum(["candidates", "vacancies"]);
export type ImportKindName = z.infer<typeof importKindSchema>;

/** Why a row was not taken: its code, the column where there is one, and the numbers that its sentence names. */
export const rowReasonSchema = z.strictObject({
  code: reasonCode,
  column: z.string().max(64).optional(),
  params: z.record(z.string(), z.union([z.string().max(64), z.number()])).optional(),
});
export type RowReason = z.infer<typeof rowReasonSchema>;

/** What became of one row; no word of the row itself. */
export const judgedRowSchema = z.strictObject({
  /** Records from 1 after the header. */
  row: z.int().min(1),
  outcome: z.enum(["registered", "rejected", "duplicate"]),
  reasons: z.array(rowReasonSchema).optional(),
  /** Of a registered row: to be looked at by a person. */
  warnings: z.array(reasonCode).optional(),
  caseId: uuid.optional(),
  vacancyId: uuid.optional(),
  /** The case or vacancy that was there before. */
  duplicateOf: uuid.optional(),
  /** The row of the same list that opened it. */
  duplicateOfRow: z.int().min(1).optional(),
});
export type JudgedRow = z.infer<typeof judgedRowSchema>;
