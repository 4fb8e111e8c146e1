import {
  currencyDigits,
  isCefrLevel,
  isIscoCode,
  isKnownCountry,
  normaliseLanguage,
  parseDottedDate,
  sourceChannelSchema,
  type SourceChannel,
  type VacancyRequirements,
} from "@safar/contracts";
import { money, type IsoDate, type Money } from "@safar/kernel";
import type { VacancyRejection } from "./vacancy-codes.ts";
import type { VacancyCells, VacancyColumn } from "../domain/vacancy/vacancy-columns.ts";

export interface VacancyReason {
  readonly code: VacancyRejection;
  readonly column: VacancyColumn;
}

/** A value that may be stored, or why there is none. */
export type Parsed<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reasons: readonly VacancyReason[] };

const value = <Value>(value: Value): Parsed<Value> => ({ ok: true, value });
const refused = (code: VacancyRejection, column: VacancyColumn): Parsed<never> => ({
  ok: false,
  reasons: [{ code, column }],
});

/** No partner asks for more people in one row; what is more is another column's number. */
export const MAX_POSITIONS = 100_000;
/** In whole major units: the highest that stays an exact number of minor units in every currency. */
export const MAX_WAGE = 1_000_000_000_000;
export const MAX_CONTRACT_MONTHS = 600;
export const MAX_AGE = 120;
export const MAX_PARTNER_NAME = 200;

const wholeNumber = (text: string): number | undefined => (/^\d{1,13}$/.test(text.trim()) ? Number(text) : undefined);

const isWithin = (number: number | undefined, least: number, most: number): number is number =>
  number !== undefined && number >= least && number <= most;

export const parsePartner = ({ partner }: VacancyCells): Parsed<string> => {
  const name = partner.trim();
  if (name === "") return refused("field-missing", "partner");
  return name.length > MAX_PARTNER_NAME ? refused("field-too-long", "partner") : value(name);
};

export const parseCountry = ({ country }: VacancyCells): Parsed<string> =>
  isKnownCountry(country.trim()) ? value(country.trim()) : refused("country-unknown", "country");

/** Any word: a country and a sector without a corridor fall under the general requirement set. */
export const parseSector = ({ sector }: VacancyCells): Parsed<string> =>
  /^[a-z][a-zA-Z-]{0,39}$/.test(sector.trim()) ? value(sector.trim()) : refused("sector-malformed", "sector");

export const parseIsco = ({ isco }: VacancyCells): Parsed<string> =>
  isIscoCode(isco.trim()) ? value(isco.trim()) : refused("isco-malformed", "isco");

export const parsePositions = ({ positions }: VacancyCells): Parsed<number> => {
  const count = wholeNumber(positions);
  return isWithin(count, 1, MAX_POSITIONS) ? value(count) : refused("positions-invalid", "positions");
};

/** The list gives whole major units (euros, yen, dinars); what is stored counts the currency's minor units. */
export const parseWage = ({ wage_month, currency }: VacancyCells): Parsed<Money> => {
  const code = currency.trim();
  const digits = currencyDigits(code);
  const amount = wholeNumber(wage_month);
  if (!isWithin(amount, 1, MAX_WAGE)) return refused("wage-invalid", "wage_month");
  return digits === undefined ? refused("wage-invalid", "currency") : value(money(amount * 10 ** digits, code));
};

export const parseContractMonths = ({ contract_months }: VacancyCells): Parsed<number> => {
  const months = wholeNumber(contract_months);
  return isWithin(months, 1, MAX_CONTRACT_MONTHS)
    ? value(months)
    : refused("contract-months-invalid", "contract_months");
};

/** A language may stand without a level; a level without a language says nothing and is not judged. */
export const parseLanguage = ({ language, cefr }: VacancyCells): Parsed<VacancyRequirements["language"]> => {
  if (language.trim() === "") return value(undefined);
  const tag = normaliseLanguage(language.trim());
  const level = cefr.trim();
  if (tag !== undefined && level === "") return value({ tag });
  if (tag !== undefined && isCefrLevel(level)) return value({ tag, cefr: level });
  const reasons: VacancyReason[] = [];
  if (tag === undefined) reasons.push({ code: "language-unknown", column: "language" });
  if (level !== "" && !isCefrLevel(level)) reasons.push({ code: "language-level-unknown", column: "cefr" });
  return { ok: false, reasons };
};

/** Either end may be open. */
export const parseAges = (cells: VacancyCells): Parsed<{ minAge?: number; maxAge?: number }> => {
  const minAge = cells.min_age.trim() === "" ? undefined : (wholeNumber(cells.min_age) ?? Number.NaN);
  const maxAge = cells.max_age.trim() === "" ? undefined : (wholeNumber(cells.max_age) ?? Number.NaN);
  if (minAge !== undefined && !isWithin(minAge, 0, MAX_AGE)) return refused("age-limits-invalid", "min_age");
  if (maxAge !== undefined && !isWithin(maxAge, minAge ?? 0, MAX_AGE)) return refused("age-limits-invalid", "max_age");
  return value({ ...(minAge !== undefined && { minAge }), ...(maxAge !== undefined && { maxAge }) });
};

export const parseSourceChannel = ({ source_channel }: VacancyCells): Parsed<SourceChannel> => {
  const channel = sourceChannelSchema.safeParse(source_channel.trim());
  return channel.success ? value(channel.data) : refused("source-channel-unknown", "source_channel");
};

export const parseDate = (cells: VacancyCells, column: "contract_signed" | "entered"): Parsed<IsoDate> => {
  const date = parseDottedDate(cells[column].trim());
  return date === undefined ? refused("date-invalid", column) : value(date);
};

/** Recruiters charge workers nothing (IRIS, ILO): whatever is neither empty nor zero is a fee. */
export const parseFee = ({ fee_from_worker }: VacancyCells): Parsed<0> =>
  /^(0+([.,]0+)?)?$/.test(fee_from_worker.trim()) ? value(0) : refused("fee-charged-to-worker", "fee_from_worker");
