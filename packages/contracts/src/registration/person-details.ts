import type { Personal } from "../sealed.ts";

/** What is known of a person now: as registered, then as corrected. Sealed wherever it is stored. */
export interface PersonDetails {
  readonly surname: Personal<string>;
  readonly givenName: Personal<string>;
  readonly patronymic?: Personal<string>;
  readonly sex: Personal<"E" | "A">;
  readonly birthDate: Personal<string>;
  readonly pinfl: Personal<string>;
  readonly passport: Personal<string>;
  readonly passportExpiry: Personal<string>;
  readonly phone: Personal<string>;
}

/** The same, opened at the edge: to compare, never to record. */
export type ClearPersonDetails = { readonly [Field in keyof PersonDetails]: string };

const FIELDS = [
  "surname",
  "givenName",
  "patronymic",
  "sex",
  "birthDate",
  "pinfl",
  "passport",
  "passportExpiry",
  "phone",
] as const satisfies readonly (keyof PersonDetails)[];

/** Pure: the details after one of registration's events. */
export const evolvePersonDetails = (
  details: PersonDetails | undefined,
  fact: { readonly type: string; readonly data: object },
): PersonDetails | undefined => {
  const isRegistration = fact.type === "CandidateRegistered";
  const changes = fact.type === "PersonDetailsCorrected" || fact.type === "PassportRenewed";
  if (!isRegistration && !changes) return details;
  const data = fact.data as Readonly<Record<string, unknown>>;
  const given = Object.fromEntries(
    FIELDS.filter((field) => data[field] !== undefined).map((field) => [field, data[field]]),
  );
  return { ...(isRegistration ? undefined : details), ...given } as PersonDetails;
};
