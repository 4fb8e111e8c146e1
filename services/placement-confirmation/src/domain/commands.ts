import type {
  CheckInReceived,
  ContractHolder,
  FactOfContract,
  PlacementAnnulled,
  ReferenceContractNoted,
  WorkTerms,
} from "@safar/contracts";
import type { IsoDate } from "@safar/kernel";

type DataOf<C> = FactOfContract<C>["data"];

/** An instant from which a fact counts that was recorded late. */
interface Late {
  readonly effectiveAt?: string | undefined;
}

export interface Contract {
  readonly sha256: string;
  readonly terms: WorkTerms;
}

export type ReportCommand =
  | ({
      readonly type: "ReportPlacement";
      readonly by: "candidate" | "agency";
      /** False: the caller speaks for another than themselves. */
      readonly mayReport: boolean;
      readonly placed: boolean;
      readonly startedOn?: IsoDate | undefined;
      readonly note?: string | undefined;
      readonly today: IsoDate;
    } & Late)
  | ({
      readonly type: "ConfirmByEmployer";
      readonly employerId: string | undefined;
      readonly startedOn: IsoDate;
      readonly contract: Contract;
      readonly today: IsoDate;
    } & Late)
  | ({
      readonly type: "UploadContract";
      readonly uploadedBy: ContractHolder;
      readonly contract: Contract;
      readonly today: IsoDate;
    } & Late)
  | ({
      readonly type: "ReceiveCheckIn";
      readonly checkIn: Omit<DataOf<typeof CheckInReceived>, "round">;
    } & Late);

export type DisputeCommand =
  | { readonly type: "DisputePlacement"; readonly cause: string }
  | {
      readonly type: "ResolveDispute";
      readonly outcome: "placed" | "not-placed";
      readonly reason: string;
      readonly today: IsoDate;
    };

export type EndCommand =
  | ({ readonly type: "CompletePlacement"; readonly completedOn: IsoDate; readonly reason: string } & Late)
  | { readonly type: "AnnulPlacement"; readonly cause: DataOf<typeof PlacementAnnulled>["cause"] };

/** What reactions ask for. */
export type JourneyCommand =
  | {
      readonly type: "OpenPlacement";
      readonly round: string;
      readonly startsAbroad: boolean;
      readonly exitedAt?: string | undefined;
      /** The exit named no round. */
      readonly late: boolean;
      readonly today: IsoDate;
    }
  | {
      readonly type: "NoteReference";
      readonly reference: DataOf<typeof ReferenceContractNoted>;
      readonly today: IsoDate;
    }
  | { readonly type: "NoteArrival"; readonly round: string | undefined; readonly arrivedAt: string }
  | { readonly type: "ScheduleCheckIns"; readonly round: string; readonly confirmedOn: IsoDate };

export type PlacementCommand = ReportCommand | DisputeCommand | EndCommand | JourneyCommand;
