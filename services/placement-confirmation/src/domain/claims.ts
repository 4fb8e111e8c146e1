import type { CheckInReceived, ContractHolder, FactOf, FactOfContract, placementContracts } from "@safar/contracts";
import type { Contract } from "./commands.ts";

type Fact = FactOf<typeof placementContracts>;
type CheckIn = FactOfContract<typeof CheckInReceived>["data"];

/** What a party says of the job; a note is in the history only. */
interface Said {
  readonly placed: boolean;
  readonly startedOn?: string | undefined;
}

/** What the parties said and showed, the latest of each. */
export interface Claims {
  readonly candidate?: Said;
  readonly agency?: Said;
  readonly employer?: {
    readonly employerId?: string | undefined;
    readonly startedOn: string;
    readonly sha256: string;
  };
  readonly contracts: Readonly<Partial<Record<ContractHolder, Contract>>>;
  /** The reference of a journey that starts abroad. */
  readonly firstContract?: Contract;
  readonly checkIns: Readonly<Partial<Record<CheckIn["from"], Pick<CheckIn, "receivedOn" | "working">>>>;
  /** Starts the deadline of the confirmation. */
  readonly arrivedAt?: string;
}

export const initialClaims: Claims = { contracts: {}, checkIns: {} };

export type ClaimFact = Extract<
  Fact,
  {
    type:
      | "PlacementReportedByCandidate"
      | "PlacementReportedByAgency"
      | "EmployerConfirmed"
      | "ContractUploaded"
      | "CheckInReceived"
      | "ArrivalNoted";
  }
>;

export const withClaim = (claims: Claims, fact: ClaimFact): Claims => {
  switch (fact.type) {
    case "PlacementReportedByCandidate":
      return { ...claims, candidate: { placed: fact.data.placed, startedOn: fact.data.startedOn } };
    case "PlacementReportedByAgency":
      return { ...claims, agency: { placed: fact.data.placed, startedOn: fact.data.startedOn } };
    case "EmployerConfirmed": {
      const { employerId, startedOn, sha256 } = fact.data;
      return { ...claims, employer: { employerId, startedOn, sha256 } };
    }
    case "ContractUploaded": {
      const { uploadedBy, sha256, terms } = fact.data;
      const contract = { sha256, terms };
      return {
        ...claims,
        contracts: { ...claims.contracts, [uploadedBy]: contract },
        firstContract: claims.firstContract ?? contract,
      };
    }
    case "CheckInReceived": {
      const { from, receivedOn, working } = fact.data;
      return { ...claims, checkIns: { ...claims.checkIns, [from]: { receivedOn, working } } };
    }
    case "ArrivalNoted":
      return { ...claims, arrivedAt: fact.data.arrivedAt };
  }
};

/** The later ones win; the first contract stays the first. */
export const mergedClaims = (claims: Claims, later: Claims): Claims => {
  const firstContract = claims.firstContract ?? later.firstContract;
  return {
    ...claims,
    ...later,
    contracts: { ...claims.contracts, ...later.contracts },
    checkIns: { ...claims.checkIns, ...later.checkIns },
    ...(firstContract ? { firstContract } : {}),
  };
};

/** What was said and shown of the job is void; the reference of a journey that starts abroad and the arrival stay. */
export const withoutSaid = ({ firstContract, arrivedAt, checkIns }: Claims): Claims => ({
  ...initialClaims,
  checkIns,
  ...(firstContract ? { firstContract } : {}),
  ...(arrivedAt === undefined ? {} : { arrivedAt }),
});
