import type { FactOf } from "../contract-set.ts";
import type { Requirement, WithdrawalCause } from "./checklist.ts";
import type { visaDocsContracts } from "./dossier.ts";

/** `unopened`: facts came early, and no case counts as open yet. `expired` comes with `DocumentExpired`. */
export type VisaDocsStatus =
  "unopened" | "checklistIssued" | "collecting" | "complete" | "submitted" | "granted" | "refused" | "withdrawn";

/** Where the present round of a dossier stands; of every round before it nothing is left but the log. */
export interface VisaDocsLifecycle {
  /** Undefined: not opened yet, only facts that came early. */
  readonly round: string | undefined;
  /** Something was handed in or met since the checklist was issued. */
  readonly collecting: boolean;
  /** Items of the checklist that are there, and what met each. */
  readonly met: Readonly<Partial<Record<Requirement, string>>>;
  readonly complete: boolean;
  readonly visa: "none" | "submitted" | "granted" | "refused";
  /** Why it was withdrawn; it keeps what stood before, for a dossier that goes on. */
  readonly withdrawnFor: WithdrawalCause | undefined;
  /** `VisaStageCompleted` is recorded: once a round. */
  readonly stageCompleted: boolean;
}

export const initialVisaDocsLifecycle: VisaDocsLifecycle = {
  round: undefined,
  collecting: false,
  met: {},
  complete: false,
  visa: "none",
  withdrawnFor: undefined,
  stageCompleted: false,
};

type Fact = FactOf<typeof visaDocsContracts>;

/** The same application may be offered a position again; a visa that was granted for it meanwhile still counts. */
const opened = (life: VisaDocsLifecycle, round: string): VisaDocsLifecycle => ({
  ...initialVisaDocsLifecycle,
  round,
  visa: life.round === round && life.visa === "granted" ? "granted" : "none",
});

/** Facts of a person's documents belong to every round; the others only to their own. */
const isOfOtherRound = (life: VisaDocsLifecycle, fact: Fact): boolean =>
  "round" in fact.data && fact.data.round !== life.round;

/** An item falls away when what met it counts no more. */
const withoutItem = (life: VisaDocsLifecycle, item: Requirement): VisaDocsLifecycle => {
  const { [item]: by, ...met } = life.met;
  return by === undefined ? life : { ...life, met, complete: false };
};

/** Pure and total: any event in any order. Used by visa-docs itself and by every reader of its events. */
export const evolveVisaDocsLifecycle = (life: VisaDocsLifecycle, fact: Fact): VisaDocsLifecycle => {
  if (fact.type === "DossierOpened") return opened(life, fact.data.round);
  if (isOfOtherRound(life, fact)) return life;
  switch (fact.type) {
    case "DocumentUploaded":
    case "DocumentVerified":
    case "DocumentRejected":
    case "MedicalOrdered":
    case "MedicalPassed":
    case "ContractSigned":
      return { ...life, collecting: true };
    case "RequirementMet":
      return { ...life, collecting: true, met: { ...life.met, [fact.data.requirement]: fact.data.by } };
    case "DocumentReplaced":
      return life.met.passport === fact.data.documentId ? withoutItem(life, "passport") : life;
    case "MedicalFailed":
      return { ...withoutItem(life, "medical"), collecting: true };
    case "DossierCompleted":
      return { ...life, complete: true };
    case "VisaStageCompleted":
      return { ...life, stageCompleted: true };
    case "DossierWithdrawn":
      return { ...life, withdrawnFor: fact.data.cause };
    case "DossierResumed":
      return { ...life, withdrawnFor: undefined };
    case "VisaSubmitted":
      // An answer that was recorded before the submission stands.
      return life.visa === "none" ? { ...life, visa: "submitted" } : life;
    case "VisaGranted":
      return { ...life, visa: "granted" };
    case "VisaRefused":
      return { ...life, visa: "refused" };
    case "VisaAppealDecided":
      return fact.data.outcome === "overturned" && life.visa === "refused" ? { ...life, visa: "submitted" } : life;
    case "ChecklistIssued":
    case "CertificateNoted":
    case "OrientationNoted":
    case "GroupMemberAdded":
    case "GroupMemberDropped":
    case "VisaFeePaid":
    case "VisaAppealFiled":
      return life;
  }
};

/** The lifecycle's word for it. */
export const visaDocsStatus = (life: VisaDocsLifecycle): VisaDocsStatus => {
  if (life.round === undefined) return "unopened";
  // A refusal ends the offer; for whoever looks, the refusal and its appeal are the news.
  const isRefused = life.visa === "refused" && life.withdrawnFor === "offer-ended";
  if (life.withdrawnFor !== undefined && !isRefused) return "withdrawn";
  if (life.visa !== "none") return life.visa;
  if (life.complete) return "complete";
  return life.collecting ? "collecting" : "checklistIssued";
};
