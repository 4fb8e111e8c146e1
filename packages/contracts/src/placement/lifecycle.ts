import type { FactOf } from "../contract-set.ts";
import type { placementContracts } from "./placement.ts";

/**
 * `unopened`: facts came early, and no case counts as open yet. The others of the lifecycle (breached, jobLost,
 * transferred, earlyReturn, missing, …) come with their events.
 */
export type PlacementStatus =
  "unopened" | "opened" | "reported" | "confirmed" | "active" | "disputed" | "completed" | "annulled";

export interface PlacementLifecycle {
  /** Undefined: not opened yet, only facts that came early. */
  readonly round: string | undefined;
  /** Somebody said that there is a job. */
  readonly reported: boolean;
  readonly confirmed: boolean;
  /** A check-in since the confirmation said so. */
  readonly working: boolean;
  readonly disputed: boolean;
  readonly ended: "completed" | "annulled" | undefined;
  /** A report that named no round, while none was open; the next round that opens takes it. */
  readonly reportedEarly: boolean;
}

export const initialPlacementLifecycle: PlacementLifecycle = {
  round: undefined,
  reported: false,
  confirmed: false,
  working: false,
  disputed: false,
  ended: undefined,
  reportedEarly: false,
};

type Fact = FactOf<typeof placementContracts>;

/** What names no round is early: it belongs to the round that opens next. */
const isEarly = (life: PlacementLifecycle, fact: Fact): boolean =>
  fact.data.round === undefined || life.round === undefined;

const reported = (life: PlacementLifecycle, fact: Fact): PlacementLifecycle =>
  isEarly(life, fact) ? { ...life, reportedEarly: true } : { ...life, reported: true };

const opened = (life: PlacementLifecycle, round: string): PlacementLifecycle =>
  life.round === round && life.ended !== "completed"
    ? // Annulled with its journey, and taken up again with it: what was said before still stands.
      { ...life, ended: undefined, reported: life.reported || life.reportedEarly, reportedEarly: false }
    : { ...initialPlacementLifecycle, round, reported: life.reportedEarly };

/** Pure and total: any event in any order. Used by placement itself and by every reader of its events. */
export const evolvePlacementLifecycle = (life: PlacementLifecycle, fact: Fact): PlacementLifecycle => {
  if (fact.type === "PlacementOpened") return opened(life, fact.data.round);
  const { round } = fact.data;
  if (round !== undefined && life.round !== undefined && round !== life.round) return life;
  switch (fact.type) {
    case "PlacementReportedByCandidate":
    case "PlacementReportedByAgency":
      return fact.data.placed ? reported(life, fact) : life;
    case "EmployerConfirmed":
      return reported(life, fact);
    case "PlacementConfirmed":
      return { ...life, confirmed: true };
    case "CheckInReceived":
      return fact.data.working && !isEarly(life, fact) ? { ...life, working: true } : life;
    case "PlacementDisputed":
      return { ...life, disputed: true };
    case "DisputeResolved":
      return fact.data.outcome === "placed"
        ? { ...life, disputed: false, reported: true }
        : { ...life, disputed: false, reported: false, confirmed: false, working: false };
    case "PlacementCompleted":
      return { ...life, ended: "completed" };
    case "PlacementAnnulled":
      return { ...life, ended: "annulled" };
    case "ReferenceContractNoted":
    case "ArrivalNoted":
    case "ContractUploaded":
    case "ContractMismatchDetected":
    case "CheckInsScheduled":
      return life;
  }
};

/** The lifecycle's word for it. */
export const placementStatus = (life: PlacementLifecycle): PlacementStatus => {
  if (life.round === undefined) return "unopened";
  if (life.ended !== undefined) return life.ended;
  if (life.disputed) return "disputed";
  if (life.confirmed) return life.working ? "active" : "confirmed";
  return life.reported ? "reported" : "opened";
};
