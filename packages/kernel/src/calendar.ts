const DAY = 86_400_000;
/** Asia/Tashkent is UTC+5 with no daylight saving (identifiers.md). */
const TASHKENT_OFFSET = 5 * 3_600_000;

/** A calendar date, `YYYY-MM-DD`. */
export type IsoDate = string;

/** True for a date that exists: 2026-02-30 does not. */
export const isIsoDate = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const instant = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(value);
};

/** The date it is in Tashkent at an instant (milliseconds since the epoch). */
export const tashkentDate = (instant: number): IsoDate =>
  new Date(instant + TASHKENT_OFFSET).toISOString().slice(0, 10);

export const addDays = (date: IsoDate, days: number): IsoDate =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The same day some months later; the last day of the month where that day does not exist. */
export const addMonths = (date: IsoDate, months: number): IsoDate => {
  const [year, month, day] = date.split("-").map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const lastDay = new Date(Date.UTC(Math.floor(index / 12), (index % 12) + 1, 0)).getUTCDate();
  return new Date(Date.UTC(Math.floor(index / 12), index % 12, Math.min(day, lastDay))).toISOString().slice(0, 10);
};

export const daysBetween = (from: IsoDate, to: IsoDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

/** Completed years on a date: the birthday itself counts. */
export const ageOn = (birthDate: IsoDate, on: IsoDate): number => {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return on.slice(5) >= birthDate.slice(5) ? years : years - 1;
};
