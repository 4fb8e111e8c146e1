import { departureContracts, travelGroupContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import type { CommandPlan } from "@safar/service-kit";
import type { DepartureCommand } from "./domain/case/commands.ts";
import { decideDeparture } from "./domain/case/decide.ts";
import { evolveDeparture, initialDeparture } from "./domain/case/state.ts";
import type { TravelGroupCommand } from "./domain/travel-group/commands.ts";
import { decideTravelGroup } from "./domain/travel-group/decide.ts";
import { evolveTravelGroup, initialTravelGroup } from "./domain/travel-group/state.ts";

/** `departure-<caseId>`: clearance, ticket and the way itself, round by round. */
export const departureCase = defineAggregate({
  contracts: departureContracts,
  decider: { initial: initialDeparture, evolve: evolveDeparture, decide: decideDeparture },
  ofCase: true,
});

/** `travelGroup-<id>`: the places of one group on one flight. */
export const travelGroup = defineAggregate({
  contracts: travelGroupContracts,
  decider: { initial: initialTravelGroup, evolve: evolveTravelGroup, decide: decideTravelGroup },
  ofCase: false,
});

/** A command for a travel group. */
export const onTravelGroup = (id: string, command: TravelGroupCommand): CommandPlan => ({
  aggregate: travelGroup,
  id,
  command,
});

/** A command for a case's departure; the header makes the stream one of that case from its first event on. */
export const onDeparture = (caseId: string, command: DepartureCommand, destination?: string): CommandPlan => ({
  aggregate: departureCase,
  id: caseId,
  command,
  header: { caseId, ...(destination === undefined ? {} : { destination }) },
});
