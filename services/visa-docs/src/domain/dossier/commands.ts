import type {
  CertificateNoted,
  DocumentKind,
  DossierOpened,
  FactOfContract,
  MedicalFailed,
  MedicalPassed,
  OrientationNoted,
  RegistrationStatus,
  RequirementSet,
  VisaFeePaid,
  VisaGranted,
  WithdrawalCause,
  WorkTerms,
} from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";

type DataOf<C> = FactOfContract<C>["data"];

/** An instant from which a fact counts that was recorded late. */
interface Late {
  readonly effectiveAt?: string | undefined;
}

/** A round's own fields, without the round: it follows from the state. */
type OfRound<C> = Omit<DataOf<C>, "round">;

/** What the machine readable zone says beside the form; worked out at the edge, where both are in clear. */
export type ZoneReading =
  | { readonly kind: "none" | "unreadable" | "misread" | "no-form" }
  | {
      readonly kind: "compared";
      readonly contradictions: readonly ("passport" | "birthDate" | "sex" | "pinfl")[];
    };

/** Whether the passport lasts as long as it has to; its date is sealed in the state, so the edge compares. */
export interface PassportValidity {
  /** Contract's end and the corridor's months after it. */
  readonly neededUntil: IsoDate;
  /** `unknown`: there is no form to compare with. */
  readonly lasts: boolean | "unknown";
}

export type DocumentCommand =
  | ({
      readonly type: "UploadDocument";
      readonly documentId: string;
      readonly kind: DocumentKind;
      readonly sha256: string;
      /** What the store holds under the hash; undefined: nothing. */
      readonly file: StoredFile | undefined;
      readonly replaces?: string | undefined;
    } & Late)
  | ({
      readonly type: "VerifyDocument";
      readonly documentId: string;
      readonly zone: ZoneReading;
      /** Undefined while no dossier says how long it has to last. */
      readonly passport: PassportValidity | undefined;
      readonly today: IsoDate;
    } & Late)
  | ({ readonly type: "RejectDocument"; readonly documentId: string; readonly reason: string } & Late);

/** An uploaded file, as its first bytes and its length say. */
export interface StoredFile {
  readonly mediaType: "application/pdf" | "image/jpeg" | "image/png";
  /** Bytes. */
  readonly size: number;
}

export type MedicalCommand =
  | ({ readonly type: "OrderMedical"; readonly examinationId: string; readonly orderedOn: IsoDate } & Late)
  | ({
      readonly type: "RecordMedicalResult";
      readonly result: DataOf<typeof MedicalPassed> | DataOf<typeof MedicalFailed>;
      readonly today: IsoDate;
    } & Late);

export type ContractCommand = {
  readonly type: "SignContract";
  readonly sha256: string;
  readonly isUploaded: boolean;
  readonly terms: WorkTerms;
  readonly startsOn: IsoDate;
  readonly signedOn: IsoDate;
  readonly method: "face-id" | "document";
  readonly standing: RegistrationStatus | undefined;
  readonly passport: PassportValidity | undefined;
  readonly today: IsoDate;
} & Late;

export type SubmissionCommand =
  | ({
      readonly type: "SubmitVisa";
      readonly submittedOn: IsoDate;
      readonly standing: RegistrationStatus | undefined;
      readonly passport: PassportValidity | undefined;
    } & Late)
  | {
      readonly type: "JoinGroup";
      readonly submissionId: string;
      /** Of the group; undefined: there is no such group. */
      readonly destination: string | undefined;
      readonly standing: RegistrationStatus | undefined;
    }
  | ({
      readonly type: "SubmitWithGroup";
      readonly submissionId: string;
      readonly submittedOn: IsoDate;
      readonly standing: RegistrationStatus | undefined;
    } & Late)
  | { readonly type: "DropFromGroup"; readonly submissionId: string; readonly reason: string };

export type EmbassyCommand =
  | ({ readonly type: "PayVisaFee"; readonly fee: OfRound<typeof VisaFeePaid> } & Late)
  | ({ readonly type: "GrantVisa"; readonly visa: OfRound<typeof VisaGranted>; readonly today: IsoDate } & Late)
  | ({
      readonly type: "RefuseVisa";
      readonly reason: string;
      readonly refusedOn: IsoDate;
      readonly explanation?: string | undefined;
    } & Late)
  | ({ readonly type: "FileVisaAppeal"; readonly filedOn: IsoDate } & Late)
  | ({
      readonly type: "DecideVisaAppeal";
      readonly outcome: "overturned" | "upheld";
      readonly decidedOn: IsoDate;
    } & Late);

/** What reactions ask for. */
export type JourneyCommand =
  | {
      readonly type: "OpenDossier";
      readonly offer: Omit<DataOf<typeof DossierOpened>, "requires" | "requirementSetFrom">;
      /** In force on the day of the acceptance. */
      readonly requirementSet: RequirementSet | undefined;
      readonly on: IsoDate;
    }
  | { readonly type: "NoteCertificate"; readonly certificate: DataOf<typeof CertificateNoted>; readonly today: IsoDate }
  | { readonly type: "NoteOrientation"; readonly orientation: DataOf<typeof OrientationNoted>; readonly today: IsoDate }
  | { readonly type: "WithdrawDossier"; readonly cause: WithdrawalCause }
  | { readonly type: "ResumeDossier"; readonly today: IsoDate };

export type DossierCommand =
  DocumentCommand | MedicalCommand | ContractCommand | SubmissionCommand | EmbassyCommand | JourneyCommand;
