import type { IsoDate } from "@safar/kernel";
import { z } from "zod";
import data from "./holidays.json" with { type: "json" };

const dates = z.record(z.string().regex(/^\d{4}$/), z.array(z.iso.date())).parse(data);

/**
 * Public holidays with a fixed date. The two religious holidays and moved working days are set by decree each year
 * and have to be added to the data.
 */
export const HOLIDAYS: ReadonlySet<IsoDate> = new Set(Object.values(dates).flat());

/** The years whose holidays are known; in others only weekends are free. */
export const HOLIDAY_YEARS: readonly string[] = Object.keys(dates);

/** Monday to Friday, and no holiday. */
export const isWorkingDay = (date: IsoDate): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5 && !HOLIDAYS.has(date);
};
