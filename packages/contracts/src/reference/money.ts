import { money, type IsoDate, type Money } from "@safar/kernel";
import { z } from "zod";
import data from "./money.json" with { type: "json" };

export const COMPENSATION_KINDS = ["exam", "workVisa", "ticket"] as const;
export type CompensationKind = (typeof COMPENSATION_KINDS)[number];

const tiyin = z.int().positive();
const bhmRowSchema = z.strictObject({ from: z.iso.date(), tiyin });
type BhmRow = z.infer<typeof bhmRowSchema>;

const isInOrder = (rows: readonly BhmRow[]): boolean =>
  rows.every((row, index) => row.from > (rows[index - 1]?.from ?? ""));

/** Whole tiyin; 1 UZS = 100 tiyin. */
const tables = z
  .strictObject({
    bhm: z.array(bhmRowSchema).min(1).refine(isInOrder, "dates have to ascend"),
    compensationCapsInBhm: z.record(z.enum(COMPENSATION_KINDS), z.int().positive()),
    compensationRules: z.record(z.enum([...COMPENSATION_KINDS, "all"]), z.string()),
    insurancePremiumSubsidy: z.strictObject({ maxTiyinPerYear: tiyin, for: z.array(z.string()) }),
    agencyDepositInBhm: z.int().positive(),
  })
  .parse(data);

export interface Bhm {
  readonly amount: Money;
  /** The date from which this amount counts. */
  readonly from: IsoDate;
  /**
   * True where it is the last row of the table: the amount after it was not confirmed, so a decision that uses it
   * has to say so.
   */
  readonly unconfirmed: boolean;
}

/** The base calculation unit on a date; undefined before the first row of the table (2024-01-01). */
export const bhmOn = (date: IsoDate): Bhm | undefined => {
  const index = tables.bhm.findLastIndex((row) => row.from <= date);
  const row = tables.bhm[index];
  if (!row) return undefined;
  return { amount: money(row.tiyin, "UZS"), from: row.from, unconfirmed: index === tables.bhm.length - 1 };
};

const inBhm = (count: number, date: IsoDate): Money | undefined => {
  const bhm = bhmOn(date);
  return bhm && money(bhm.amount.minor * count, "UZS");
};

/** The most that is paid for an exam (3 BHM), a work visa (5) or a ticket (2) by the BHM of the date (UP-59, 4.4.2024). */
export const compensationCap = (kind: CompensationKind, date: IsoDate): Money | undefined =>
  inBhm(tables.compensationCapsInBhm[kind], date);

/** What has to be true for a payment of a kind, in words, and for every payment (`all`). */
export const COMPENSATION_RULES: Readonly<Record<CompensationKind | "all", string>> = tables.compensationRules;

/** What a licensed agency deposits (O'RQ-1095): 4,000 BHM of the date. */
export const agencyDeposit = (date: IsoDate): Money | undefined => inBhm(tables.agencyDepositInBhm, date);

/** The insurance premium is subsidised for people on these social lists, up to this sum a year (UP-59). */
export const PREMIUM_SUBSIDY: { readonly maxPerYear: Money; readonly socialLists: readonly string[] } = {
  maxPerYear: money(tables.insurancePremiumSubsidy.maxTiyinPerYear, "UZS"),
  socialLists: tables.insurancePremiumSubsidy.for,
};
