import { isFormulaCell, isNameScriptMixed } from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";
import { settleReasons, type CandidateWarning, type Reason } from "./candidate-codes.ts";
import * as rules from "./field-rules.ts";

/** What can be corrected of a person; only what changes is given. */
export interface Details {
  readonly surname?: string | undefined;
  readonly givenName?: string | undefined;
  readonly patronymic?: string | undefined;
  readonly phone?: string | undefined;
  readonly passport?: string | undefined;
  readonly passportExpiry?: string | undefined;
}
type DetailField = keyof Details;

export interface DetailsCheck {
  readonly reasons: readonly Reason<DetailField>[];
  readonly warnings: readonly CandidateWarning[];
  /** The given ones as they are stored; only those that keep their rule. */
  readonly details: { readonly [Field in DetailField]?: string };
}

/** The same rules as at registration, for the fields that are given. A passport must be in force on `asOf`. */
export const checkDetails = (given: Details, asOf: IsoDate): DetailsCheck => {
  const judges: Readonly<Record<DetailField, (value: string) => rules.Judged<string>>> = {
    surname: (value) => rules.judgeRequiredText(value, rules.MAX_NAME),
    givenName: (value) => rules.judgeRequiredText(value, rules.MAX_NAME),
    patronymic: (value) => rules.judgeOptionalText(value, rules.MAX_NAME),
    phone: (value) => rules.judgePhone(value),
    passport: (value) => rules.judgePassport(value),
    passportExpiry: (value) => rules.judgePassportExpiry(value, asOf),
  };
  const reasons: Reason<DetailField>[] = [];
  const warnings = new Set<CandidateWarning>();
  const details: { [Field in DetailField]?: string } = {};
  for (const field of ["surname", "givenName", "patronymic", "phone", "passport", "passportExpiry"] as const) {
    const value = given[field];
    if (value === undefined) continue;
    const judged = judges[field](value);
    if (isFormulaCell(value)) reasons.push({ code: "formula-cell", field });
    reasons.push(...judged.reasons.map((code) => ({ code, field })));
    for (const warning of judged.warnings) warnings.add(warning);
    if (judged.value !== undefined) details[field] = judged.value;
  }
  const { surname = "", givenName = "", patronymic = "" } = given;
  if (isNameScriptMixed({ surname, givenName, patronymic })) warnings.add("name-script-mixed");
  return { reasons: settleReasons<DetailField>(reasons), warnings: [...warnings], details };
};
