import {
  evolveEmployerStatus,
  type employerContracts,
  type EmployerStatus,
  type RecordedFactOf,
} from "@safar/contracts";

export interface PartnerContract {
  readonly contractId: string;
  readonly kind: string;
  readonly number: string;
  readonly signedOn: string;
  readonly validUntil?: string | undefined;
}

export interface EmployerState {
  readonly status: EmployerStatus;
  /** Its own id: its events carry it as their unit. */
  readonly employerId: string | undefined;
  /** Undefined: not registered. */
  readonly name: string | undefined;
  readonly country: string | undefined;
  readonly contracts: readonly PartnerContract[];
}

export const initialEmployer: EmployerState = {
  status: "registered",
  employerId: undefined,
  name: undefined,
  country: undefined,
  contracts: [],
};

type Fact = RecordedFactOf<typeof employerContracts>;

const withData = (state: EmployerState, fact: Fact): EmployerState => {
  switch (fact.type) {
    case "EmployerRegistered":
      return { ...state, name: fact.data.name, country: fact.data.country };
    case "PartnerContractSigned": {
      const { contractId, kind, number, signedOn, validUntil } = fact.data;
      const others = state.contracts.filter((contract) => contract.contractId !== contractId);
      return { ...state, contracts: [...others, { contractId, kind, number, signedOn, validUntil }] };
    }
  }
};

export const evolveEmployer = (state: EmployerState, fact: Fact): EmployerState => ({
  ...withData(state, fact),
  status: evolveEmployerStatus(state.status, fact),
  employerId: fact.meta.unit ?? state.employerId,
});
