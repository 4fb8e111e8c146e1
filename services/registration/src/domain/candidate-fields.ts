import type { CefrLevel, channelSchema, Sex } from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";

/**
 * The fields of a registration as a form or a list gives them (interface.md): text is judged as it stands, empty text
 * is as good as none.
 */
export interface CandidateFields {
  readonly channel?: string | undefined;
  readonly agencyLicence?: string | undefined;
  readonly surname?: string | undefined;
  readonly givenName?: string | undefined;
  readonly patronymic?: string | undefined;
  /** E (erkak, male) or A (ayol, female). */
  readonly sex?: string | undefined;
  /** ISO, as all dates here. */
  readonly birthDate?: string | undefined;
  readonly pinfl?: string | undefined;
  readonly passport?: string | undefined;
  readonly passportExpiry?: string | undefined;
  readonly mrz?: string | undefined;
  readonly phone?: string | undefined;
  readonly regionSoato?: string | undefined;
  readonly profession?: string | undefined;
  readonly isco?: string | undefined;
  readonly experienceYears?: number | undefined;
  readonly language?: string | undefined;
  readonly cefr?: string | undefined;
  readonly destinations?: readonly string[] | undefined;
  readonly consentDate?: string | undefined;
  readonly startsAbroad?: boolean | undefined;
}

/** The fields that have rules; whether a journey starts abroad is neither right nor wrong. */
export type CandidateField = Exclude<keyof CandidateFields, "startsAbroad">;

export type Channel = (typeof channelSchema.options)[number];

/** The same after every rule was kept: trimmed, in the form in which it is stored and compared. */
export interface Candidate {
  readonly channel: Channel;
  readonly agencyLicence?: string;
  readonly surname: string;
  readonly givenName: string;
  readonly patronymic?: string;
  readonly sex: Sex;
  readonly birthDate: IsoDate;
  readonly pinfl: string;
  readonly passport: string;
  readonly passportExpiry: IsoDate;
  readonly mrz?: string;
  readonly phone: string;
  readonly regionSoato: string;
  readonly profession?: string;
  readonly isco?: string;
  readonly experienceYears?: number;
  readonly language?: string;
  readonly cefr?: CefrLevel;
  readonly destinations: readonly string[];
  readonly consentDate: IsoDate;
  readonly startsAbroad: boolean;
}
