import type {
  ClearanceOpened,
  ClearanceRequirementMet,
  CoverMarkedInForce,
  FactOfContract,
  Personal,
  TicketBooked,
} from "@safar/contracts";

/** What the last item that is met brings about by itself. */
interface MayGrant {
  /** Nothing holds the case; while something does, no clearance is granted. */
  readonly mayGrant: boolean;
  /** The day on which proofs and cover have to be valid. */
  readonly on: string;
}

/** Where a fact counts from another moment than now: an ISO instant. */
interface Dated {
  readonly effectiveAt?: string | undefined;
}

export type Proof = FactOfContract<typeof ClearanceRequirementMet>["data"];
export type Cover = FactOfContract<typeof CoverMarkedInForce>["data"];
export type Opening = FactOfContract<typeof ClearanceOpened>["data"];
export type Ticket = FactOfContract<typeof TicketBooked>["data"];
export type Flight = Pick<Ticket, "flight" | "from" | "to" | "departsAt">;

export type DepartureCommand =
  /** `by`: the event that completed the visa stage; the dossier's items and the visa are met by it. */
  | ({ readonly type: "OpenClearance"; readonly opening: Opening; readonly by: string } & MayGrant)
  | ({ readonly type: "MeetRequirement"; readonly proof: Proof } & MayGrant)
  | ({ readonly type: "MarkCover"; readonly cover: Cover } & MayGrant)
  | { readonly type: "EndCover"; readonly policyId: string; readonly reason: string; readonly on: string }
  /** Granted, or refused on record with every item that is missing. */
  | { readonly type: "RequestClearance"; readonly caseIsHeldOrEnded: boolean; readonly on: string }
  | { readonly type: "BarClearance"; readonly round: string }
  | { readonly type: "StopDeparture"; readonly reason: string; readonly stoppedAs: "held" | "cancelled" }
  | { readonly type: "ResumeDeparture"; readonly on: string }
  | {
      readonly type: "BookTicket";
      readonly ticketId: string;
      /** Undefined: there is no such travel group. */
      readonly flight: Flight | undefined;
      readonly groupId?: string | undefined;
      readonly bookingReference?: Personal<string> | undefined;
      readonly caseIsHeldOrEnded: boolean;
    }
  /** The group's flight was cancelled; also for tickets whose own record is still on its way. */
  | {
      readonly type: "CancelGroupTickets";
      readonly groupId: string;
      readonly ticketIds: readonly string[];
      readonly reason: string;
    }
  | ({
      readonly type: "ConfirmBorderExit";
      readonly exitedAt: string;
      readonly borderPoint?: string | undefined;
    } & Dated)
  | ({ readonly type: "ConfirmArrival"; readonly arrivedAt: string } & Dated)
  | ({ readonly type: "ConfirmPickup"; readonly pickedUpAt: string } & Dated)
  | ({
      readonly type: "ReportMissedFlight" | "ReportCancelledFlight" | "ReportOffloading";
      /** The ticket that counts now, where it is left out. */
      readonly ticketId?: string | undefined;
      readonly reason: string;
      readonly at: string;
    } & Dated);
