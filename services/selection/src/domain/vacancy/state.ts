import {
  evolveVacancyStatus,
  type CorridorKey,
  type RecordedFactOf,
  type SourceChannel,
  type vacancyContracts,
  type VacancyRequirements,
  type VacancyStatus,
  type WorkTerms,
} from "@safar/contracts";

/** A position that is not open: reserved by an offer, or taken by its acceptance. */
interface HeldPosition {
  readonly applicationId: string;
  readonly caseId: string;
  readonly taken: boolean;
}

/** What was published, as it was revised since. */
export interface PublishedVacancy {
  readonly employerId: string;
  readonly sourceChannel: SourceChannel;
  readonly corridor: CorridorKey;
  readonly positions: number;
  readonly contractMonths: number;
  readonly terms: WorkTerms;
  readonly requirements: VacancyRequirements;
  readonly enteredOn: string;
  readonly contractSignedOn?: string | undefined;
}

export interface VacancyState {
  readonly status: VacancyStatus;
  /** Undefined: it was never published. */
  readonly vacancy: PublishedVacancy | undefined;
  /** The version of its requirements, by which applicants are measured; 0 before it is published. */
  readonly criteriaVersion: number;
  /** Somebody has applied: the requirements stay as they are. */
  readonly criteriaFixed: boolean;
  /** By offer. */
  readonly held: Readonly<Record<string, HeldPosition>>;
  readonly enteredLate: boolean;
}

export const initialVacancy: VacancyState = {
  status: "unpublished",
  vacancy: undefined,
  criteriaVersion: 0,
  criteriaFixed: false,
  held: {},
  enteredLate: false,
};

export const takenPositions = ({ held }: VacancyState): number =>
  Object.values(held).filter(({ taken }) => taken).length;

export const openPositions = ({ vacancy, held }: VacancyState): number =>
  Math.max(0, (vacancy?.positions ?? 0) - Object.keys(held).length);

type Fact = RecordedFactOf<typeof vacancyContracts>;
type Revision = Extract<Fact, { type: "VacancyRevised" }>["data"];

const revised = (state: VacancyState, revision: Revision): VacancyState => {
  if (!state.vacancy) return state;
  const { positions, contractMonths, terms, requirements, criteriaVersion } = revision;
  const vacancy = {
    ...state.vacancy,
    ...(positions === undefined ? {} : { positions }),
    ...(contractMonths === undefined ? {} : { contractMonths }),
    ...(terms === undefined ? {} : { terms }),
    ...(requirements === undefined ? {} : { requirements }),
  };
  return { ...state, vacancy, criteriaVersion: criteriaVersion ?? state.criteriaVersion };
};

const holding = (state: VacancyState, position: HeldPosition & { readonly offerId: string }): VacancyState => {
  const { offerId, applicationId, caseId } = position;
  const taken = position.taken || (state.held[offerId]?.taken ?? false);
  return { ...state, held: { ...state.held, [offerId]: { applicationId, caseId, taken } } };
};

const withData = (state: VacancyState, fact: Fact): VacancyState => {
  switch (fact.type) {
    case "VacancyPublished": {
      const { employerId, sourceChannel, corridor, positions, contractMonths } = fact.data;
      const { terms, requirements, enteredOn, contractSignedOn, criteriaVersion } = fact.data;
      const offered = { employerId, sourceChannel, corridor, positions, contractMonths };
      return {
        ...state,
        vacancy: { ...offered, terms, requirements, enteredOn, contractSignedOn },
        criteriaVersion,
      };
    }
    case "VacancyRevised":
      return revised(state, fact.data);
    case "CriteriaFixed":
      return { ...state, criteriaFixed: true };
    case "PositionReserved":
      return holding(state, { ...fact.data, taken: false });
    case "PositionTaken":
      return holding(state, { ...fact.data, taken: true });
    case "PositionReleased": {
      const { [fact.data.offerId]: _released, ...held } = state.held;
      return { ...state, held };
    }
    case "VacancyEntryOverdue":
      return { ...state, enteredLate: true };
    case "VacancyFilled":
      return state;
  }
};

export const evolveVacancy = (state: VacancyState, fact: Fact): VacancyState => ({
  ...withData(state, fact),
  status: evolveVacancyStatus(state.status, fact),
});
