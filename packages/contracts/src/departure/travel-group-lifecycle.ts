import type { FactOf } from "../contract-set.ts";
import type { travelGroupContracts } from "./travel-group.ts";

export type TravelGroupStatus = "formed" | "cancelled";

type Fact = FactOf<typeof travelGroupContracts>;

/** Pure and total. */
export const evolveTravelGroupStatus = (status: TravelGroupStatus, fact: Pick<Fact, "type">): TravelGroupStatus =>
  fact.type === "GroupFlightCancelled" ? "cancelled" : status;
