import { isIsoDate, type IsoDate } from "@safar/kernel";

/** A date as lists write it, `dd.mm.yyyy`; undefined where it is none or does not exist. */
export const parseDottedDate = (text: string): IsoDate | undefined => {
  const [, day, month, year] = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text) ?? [];
  const date = `${year ?? ""}-${month ?? ""}-${day ?? ""}`;
  return isIsoDate(date) ? date : undefined;
};
