import type { ContractSet } from "@safar/contracts";
import type { AnyAggregate } from "@safar/event-store";
import type { Projection, ReadModel } from "@safar/read-model";
import type { EventContract, DecodedEvent } from "@safar/contracts";
import type { FastifyInstance } from "fastify";
import type { ProblemText } from "../http/problems/problem-text.ts";
import type { CommandRoute } from "./command.ts";
import type { QueryRoute } from "./query.ts";
import type { Reaction } from "./reaction.ts";
import type { ServiceRuntime } from "../runtime/service-runtime.ts";

/** How a refusal is told: its HTTP status and a sentence in each language. */
export type RefusalText = ProblemText<400 | 404 | 409 | 422>;

/** An aggregate and where its present state can be read. */
export interface AggregateRoom {
  readonly aggregate: AnyAggregate;
  /**
   * `/cases/:caseId` for one stream a case; `/applications/:id` for what a case has several of; `/courses/:id`.
   * Absent: it has no door of its own.
   */
  readonly path?: string;
  /** The lifecycle's word for a state, or for what has none the last event's name in camelCase. */
  readonly status: (state: never) => string;
  /** Whose vacancy it is, for callers who reach only their own. */
  readonly employerOf?: (state: never) => string | undefined;
  /** Of a group: its state without the cases in it, for callers whose scope does not reach every one of them. */
  readonly withoutCases?: (state: never) => unknown;
}

/** A reservation that a watchdog looks after: what reserves, and how it is taken back. */
export interface ReservationRule {
  readonly limit: AnyAggregate;
  readonly reserved: EventContract;
  /** Where the second half is recorded. */
  readonly record: (event: DecodedEvent) => { readonly aggregate: AnyAggregate; readonly id: string };
  readonly release: (event: DecodedEvent) => unknown;
  /** True while whoever reserved is still at work and finishes it itself (an import, over restarts too). */
  readonly isAtWork?: (event: DecodedEvent, readModel: ReadModel) => boolean;
}

/** The table of contents of a service. Everything it does is named here, so go-to-definition leads to all of it. */
export interface ServiceDefinition {
  /** As in paths: `visa-docs`. */
  readonly name: string;
  readonly aggregates: readonly AggregateRoom[];
  readonly commands: readonly CommandRoute[];
  readonly queries?: readonly QueryRoute[];
  readonly reactions?: readonly Reaction[];
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a projection both takes and gives its row type
  readonly projections?: readonly Projection<any>[];
  readonly reservations?: readonly ReservationRule[];
  /** Every refusal of every decider, told in four languages. */
  readonly refusals: Readonly<Record<string, RefusalText>>;
  /** Contracts of other services that its projections read. */
  readonly reads?: readonly ContractSet[];
  /** Its doors show the page: whoever uses it signs in there, so the doors of sign-in stand beside it. */
  readonly showsPage?: true;
  /** Doors of its own kind (an upload, a websocket). */
  readonly doors?: (server: FastifyInstance, runtime: ServiceRuntime) => void | Promise<void>;
}

export const defineService = (definition: ServiceDefinition): ServiceDefinition => definition;
