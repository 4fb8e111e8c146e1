import type { ClearPersonDetails, DecodedEvent, EventContract, RegistrationStatus } from "@safar/contracts";
import type { AnyAggregate, Header } from "@safar/event-store";
import type { ReadModel } from "@safar/read-model";
import type { Vault } from "@safar/vault";
import type { CommandPlan } from "./command.ts";

/** What a reaction may look at beside the event: own streams and own rows. */
export interface ReactionEdge {
  load<State>(
    aggregate: AnyAggregate,
    id: string,
  ): Promise<{ readonly state: State; readonly exists: boolean; readonly header: Header }>;
  readonly vault: Vault;
  /** What registration knows of the case's person, in clear; only for the vault's index, never to record. */
  personOf(caseId: string): Promise<ClearPersonDetails | undefined>;
  /** Where the case's registration stands now. */
  standingOf(caseId: string): Promise<RegistrationStatus | undefined>;
  /** The service's own tables, caught up with the event at least. */
  readonly readModel: ReadModel;
  /** ISO instant and Tashkent date at which the reaction runs. */
  readonly now: string;
  readonly today: string;
}

/** An event elsewhere becomes own commands. Repeated safely; it leaves the event's id as the cause. */
export interface Reaction {
  /** The file's name: `when-offer-accepted`. Part of the transaction id: never renamed once released. */
  readonly name: string;
  readonly on: readonly { readonly category: string; readonly contract: EventContract }[];
  /** At most one command a target stream. None: nothing follows from this event. */
  then(event: DecodedEvent, edge: ReactionEdge): readonly CommandPlan[] | Promise<readonly CommandPlan[]>;
}

export const reaction = (definition: Reaction): Reaction => definition;
