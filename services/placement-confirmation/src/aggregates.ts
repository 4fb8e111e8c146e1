import { placementContracts } from "@safar/contracts";
import { defineAggregate } from "@safar/event-store";
import type { CommandPlan } from "@safar/service-kit";
import type { PlacementCommand } from "./domain/commands.ts";
import { decidePlacement } from "./domain/decide.ts";
import { evolvePlacement, initialPlacement } from "./domain/state.ts";

/** `placement-<caseId>`: what is said of a case's work abroad, and what it comes to. */
export const placement = defineAggregate({
  contracts: placementContracts,
  decider: { initial: initialPlacement, evolve: evolvePlacement, decide: decidePlacement },
  ofCase: true,
});

/** A command for a case's placement; the header makes the stream one of that case from its first event on. */
export const onPlacement = (caseId: string, command: PlacementCommand, destination?: string): CommandPlan => ({
  aggregate: placement,
  id: caseId,
  command,
  header: { caseId, ...(destination === undefined ? {} : { destination }) },
});
