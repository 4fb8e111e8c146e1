import type { FactOfContract, TravelGroupFormed } from "@safar/contracts";

export type TravelGroup = FactOfContract<typeof TravelGroupFormed>["data"];

export type TravelGroupCommand =
  | { readonly type: "FormTravelGroup"; readonly group: TravelGroup }
  | { readonly type: "ReservePlace"; readonly ticketId: string; readonly caseId: string }
  | {
      readonly type: "ReleasePlace";
      readonly ticketId: string;
      readonly caseId: string;
      readonly reason: string;
    }
  | { readonly type: "CancelGroupFlight"; readonly reason: string };
