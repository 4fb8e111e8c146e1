/** An ISO 8601 duration of the deadline policies; a month is a calendar month, so months and days do not add up. */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
}

const DURATION = /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** `P3D`, `P1M`, `PT72H`; undefined for other text. */
export const parseDuration = (text: string): Duration | undefined => {
  const parts = DURATION.exec(text);
  if (!parts) return undefined;
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0] = parts.slice(1).map((part) => Number(part || 0));
  return { years, months, days, hours, minutes };
};
