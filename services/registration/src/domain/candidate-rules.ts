import { isFormulaCell, isNameScriptMixed } from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";
import { CANDIDATE_WARNINGS, settleReasons, type CandidateWarning, type Reason } from "./candidate-codes.ts";
import type { Candidate, CandidateField, CandidateFields } from "./candidate-fields.ts";
import * as rules from "./field-rules.ts";
import { allDefined, fieldNames, withoutUndefined } from "./present-values.ts";

/**
 * The rules of a registration's fields, the same for the HTTP command and for lists (import.md, identifiers.md).
 * Duplicates are no matter of the fields: they are judged against the persons who are registered.
 */
export interface CandidateCheck {
  /** Every reason that applies, with its field; none where the candidate may be registered. */
  readonly reasons: readonly Reason<CandidateField>[];
  readonly warnings: readonly CandidateWarning[];
  /** Present exactly where there are no reasons. */
  readonly normalised?: Candidate;
}

const judgeFields = (fields: CandidateFields, asOf: IsoDate) => ({
  channel: rules.judgeChannel(fields.channel),
  agencyLicence: rules.judgeAgencyLicence(fields.agencyLicence, fields.channel),
  surname: rules.judgeRequiredText(fields.surname, rules.MAX_NAME),
  givenName: rules.judgeRequiredText(fields.givenName, rules.MAX_NAME),
  patronymic: rules.judgeOptionalText(fields.patronymic, rules.MAX_NAME),
  sex: rules.judgeSex(fields.sex),
  birthDate: rules.judgeBirthDate(fields.birthDate, asOf),
  pinfl: rules.judgePinfl(fields),
  passport: rules.judgePassport(fields.passport),
  passportExpiry: rules.judgePassportExpiry(fields.passportExpiry, asOf),
  mrz: rules.judgeMrz(fields.mrz),
  phone: rules.judgePhone(fields.phone),
  regionSoato: rules.judgeRegion(fields.regionSoato),
  profession: rules.judgeOptionalText(fields.profession, rules.MAX_PROFESSION),
  isco: rules.judgeIsco(fields.isco),
  experienceYears: rules.judgeExperience(fields.experienceYears),
  language: rules.judgeLanguage(fields.language),
  cefr: rules.judgeCefr(fields.cefr, fields.language),
  destinations: rules.judgeDestinations(fields.destinations),
  consentDate: rules.judgeConsentDate(fields.consentDate, asOf),
});
type JudgedFields = ReturnType<typeof judgeFields>;

const formulaReasons = (fields: CandidateFields): Reason<CandidateField>[] => {
  const { startsAbroad: _, ...texts } = { ...fields, destinations: fields.destinations?.join("|") };
  return fieldNames(texts)
    .filter((field) => {
      const text = texts[field];
      return typeof text === "string" && isFormulaCell(text);
    })
    .map((field) => ({ code: "formula-cell", field }));
};

const candidateOf = (judged: JudgedFields, startsAbroad: boolean): Candidate | undefined => {
  const required = {
    channel: judged.channel.value,
    surname: judged.surname.value,
    givenName: judged.givenName.value,
    sex: judged.sex.value,
    birthDate: judged.birthDate.value,
    pinfl: judged.pinfl.value,
    passport: judged.passport.value,
    passportExpiry: judged.passportExpiry.value,
    phone: judged.phone.value,
    regionSoato: judged.regionSoato.value,
    destinations: judged.destinations.value,
    consentDate: judged.consentDate.value,
  };
  if (!allDefined(required)) return undefined;
  const optional = {
    agencyLicence: judged.agencyLicence.value,
    patronymic: judged.patronymic.value,
    mrz: judged.mrz.value,
    profession: judged.profession.value,
    isco: judged.isco.value,
    experienceYears: judged.experienceYears.value,
    language: judged.language.value,
    cefr: judged.cefr.value,
  };
  return { ...required, ...withoutUndefined(optional), startsAbroad };
};

/** Judges age, passport and consent on `asOf`. */
export const checkCandidate = (fields: CandidateFields, asOf: IsoDate): CandidateCheck => {
  const judged = judgeFields(fields, asOf);
  const ofFields = fieldNames(judged).flatMap((field) => judged[field].reasons.map((code) => ({ code, field })));
  const reasons = settleReasons<CandidateField>([...ofFields, ...formulaReasons(fields)]);
  const found = new Set(Object.values(judged).flatMap(({ warnings }) => warnings));
  const { surname = "", givenName = "", patronymic = "" } = fields;
  if (isNameScriptMixed({ surname, givenName, patronymic })) found.add("name-script-mixed");
  const warnings = CANDIDATE_WARNINGS.filter((warning) => found.has(warning));
  const normalised = reasons.length === 0 ? candidateOf(judged, fields.startsAbroad ?? false) : undefined;
  return { reasons, warnings, ...(normalised && { normalised }) };
};
