import {
  evolveVisaDocsLifecycle,
  initialVisaDocsLifecycle,
  type CertificateNoted,
  type ContractSigned,
  type DocumentUploaded,
  type DossierOpened,
  type FactOf,
  type FactOfContract,
  type OrientationNoted,
  type Requirement,
  type VisaDocsLifecycle,
  type visaDocsContracts,
  type VisaAppealDecided,
  type VisaFeePaid,
  type VisaGranted,
  type VisaRefused,
} from "@safar/contracts";

type DataOf<C> = FactOfContract<C>["data"];

export type DossierDocument = DataOf<typeof DocumentUploaded> & {
  readonly status: "uploaded" | "verified" | "rejected" | "replaced";
  readonly reason?: string;
};

export interface Examination {
  readonly examinationId: string;
  readonly result: "ordered" | "passed" | "failed";
  readonly resultClass?: "fit" | "fit-with-limits" | "unfit";
  readonly validUntil?: string | undefined;
}

export interface Appeal {
  readonly filedOn?: string;
  readonly outcome?: DataOf<typeof VisaAppealDecided>["outcome"];
}

export interface DossierState {
  readonly lifecycle: VisaDocsLifecycle;
  /** Of the present round. */
  readonly offer: DataOf<typeof DossierOpened> | undefined;
  readonly checklist: readonly Requirement[];
  readonly contract: DataOf<typeof ContractSigned> | undefined;
  /** The group it is handed in with, or was. */
  readonly submissionId: string | undefined;
  readonly submittedOn: string | undefined;
  readonly fees: readonly DataOf<typeof VisaFeePaid>[];
  readonly visa: DataOf<typeof VisaGranted> | undefined;
  readonly refusal: DataOf<typeof VisaRefused> | undefined;
  readonly appeal: Appeal | undefined;
  /** Of the person, whatever the round. */
  readonly documents: readonly DossierDocument[];
  readonly certificates: readonly DataOf<typeof CertificateNoted>[];
  readonly orientations: readonly DataOf<typeof OrientationNoted>[];
  /** The one with the latest result at the end. */
  readonly examinations: readonly Examination[];
}

export const initialDossier: DossierState = {
  lifecycle: initialVisaDocsLifecycle,
  offer: undefined,
  checklist: [],
  contract: undefined,
  submissionId: undefined,
  submittedOn: undefined,
  fees: [],
  visa: undefined,
  refusal: undefined,
  appeal: undefined,
  documents: [],
  certificates: [],
  orientations: [],
  examinations: [],
};

type Fact = FactOf<typeof visaDocsContracts>;

const withDocument = (
  state: DossierState,
  documentId: string,
  change: Pick<DossierDocument, "status" | "reason">,
): DossierState => ({
  ...state,
  documents: state.documents.map((document) =>
    document.documentId === documentId ? { ...document, ...change } : document,
  ),
});

const withExamination = (state: DossierState, examination: Examination): DossierState => ({
  ...state,
  examinations: [
    ...state.examinations.filter(({ examinationId }) => examinationId !== examination.examinationId),
    examination,
  ],
});

const opened = (state: DossierState, offer: DataOf<typeof DossierOpened>): DossierState => ({
  ...initialDossier,
  offer,
  visa: state.lifecycle.round === offer.round ? state.visa : undefined,
  documents: state.documents,
  certificates: state.certificates,
  orientations: state.orientations,
  examinations: state.examinations,
});

type PersonFact = Exclude<Fact, { readonly data: { readonly round: string } }>;
type RoundFact = Exclude<Fact, PersonFact>;

/** Documents, training and examinations are the person's, whatever the round. */
const isOfPerson = (fact: Fact): fact is PersonFact => !("round" in fact.data);

const withFactOfPerson = (state: DossierState, fact: PersonFact): DossierState => {
  switch (fact.type) {
    case "DocumentUploaded":
      return { ...state, documents: [...state.documents, { ...fact.data, status: "uploaded" }] };
    case "DocumentVerified":
      return withDocument(state, fact.data.documentId, { status: "verified" });
    case "DocumentRejected":
      return withDocument(state, fact.data.documentId, { status: "rejected", reason: fact.data.reason });
    case "DocumentReplaced":
      return withDocument(state, fact.data.documentId, { status: "replaced" });
    case "CertificateNoted":
      return { ...state, certificates: [...state.certificates, fact.data] };
    case "OrientationNoted":
      return { ...state, orientations: [...state.orientations, fact.data] };
    case "MedicalOrdered":
      return state.examinations.some(({ examinationId }) => examinationId === fact.data.examinationId)
        ? state
        : withExamination(state, { examinationId: fact.data.examinationId, result: "ordered" });
    case "MedicalPassed":
      return withExamination(state, { ...fact.data, result: "passed" });
    case "MedicalFailed":
      return withExamination(state, { ...fact.data, result: "failed" });
  }
};

const withFactOfRound = (state: DossierState, fact: RoundFact): DossierState => {
  switch (fact.type) {
    case "DossierOpened":
      return opened(state, fact.data);
    case "ChecklistIssued":
      return { ...state, checklist: fact.data.items };
    case "ContractSigned":
      return { ...state, contract: fact.data };
    case "GroupMemberAdded":
      return { ...state, submissionId: fact.data.submissionId };
    case "GroupMemberDropped":
      return state.submissionId === fact.data.submissionId ? { ...state, submissionId: undefined } : state;
    case "VisaSubmitted": {
      const { submittedOn, submissionId = state.submissionId } = fact.data;
      return { ...state, submittedOn, submissionId };
    }
    case "VisaFeePaid":
      return { ...state, fees: [...state.fees, fact.data] };
    case "VisaGranted":
      return { ...state, visa: fact.data };
    case "VisaRefused":
      return { ...state, refusal: fact.data, appeal: undefined };
    case "VisaAppealFiled":
      return { ...state, appeal: { ...state.appeal, filedOn: fact.data.filedOn } };
    case "VisaAppealDecided":
      return { ...state, appeal: { ...state.appeal, outcome: fact.data.outcome } };
    case "RequirementMet":
    case "DossierCompleted":
    case "VisaStageCompleted":
    case "DossierWithdrawn":
    case "DossierResumed":
      return state;
  }
};

const withFact = (state: DossierState, fact: Fact): DossierState => {
  if (isOfPerson(fact)) return withFactOfPerson(state, fact);
  const isOfPresentRound = fact.type === "DossierOpened" || fact.data.round === state.lifecycle.round;
  return isOfPresentRound ? withFactOfRound(state, fact) : state;
};

/** Total: any event in any order. */
export const evolveDossier = (state: DossierState, fact: Fact): DossierState => ({
  ...withFact(state, fact),
  lifecycle: evolveVisaDocsLifecycle(state.lifecycle, fact),
});
