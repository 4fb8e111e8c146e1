import type { ClearPersonDetails, DecodedEvent, RegistrationStatus } from "@safar/contracts";
import type { AnyAggregate, CommandOf, Header } from "@safar/event-store";
import type { Vault } from "@safar/vault";
import type { z } from "zod";
import type { Caller } from "./caller.ts";
import type { ProblemError } from "../http/problem.ts";

/** What an edge adds to a parsed body. Deciders see only what the edge puts into the command. */
export interface CommandEdge {
  readonly caller: Caller;
  /** uuidv5 of issuer, subject, method, path and `Idempotency-Key`; what is created gets its id from it. */
  readonly transactionId: string;
  /** ISO instant. */
  readonly now: string;
  /** Today in Tashkent, ISO date. */
  readonly today: string;
  readonly vault: Vault;
  /** The present state of a stream, for what the command must carry (its personal fields are sealed). */
  load<State>(
    aggregate: AnyAggregate,
    id: string,
  ): Promise<{ readonly state: State; readonly exists: boolean; readonly header: Header }>;
  /** A clear value of a sealed one, or `erased`; only to compare, never to show. */
  open(sealed: unknown): Promise<unknown>;
  /** What registration knows of the case's person, in clear; only to compare, never to show or record. */
  personOf(caseId: string): Promise<ClearPersonDetails | undefined>;
  /** Person, unit and region of a case, as its registration says; undefined: no such case. */
  headerOf(caseId: string): Promise<Header | undefined>;
  /** Where the case's registration stands (a held or ended case takes no new application, seat or ticket). */
  standingOf(caseId: string): Promise<RegistrationStatus | undefined>;
  /** Whether the caller's scope reaches a case, to decide what an answer may name. */
  reaches(header: Header): boolean;
  /** The next case number of a year and region, never given twice. */
  takeCaseNumber(year: number, region: string): Promise<string>;
}

/** One command for one stream. */
export interface StreamCommand<A extends AnyAggregate = AnyAggregate> {
  readonly aggregate: A;
  /** Follows from the path and the transaction, never from the body. */
  readonly id: string;
  readonly command: CommandOf<A>;
  /** Needed where the stream does not follow from a case id in the path: the case it belongs to. */
  readonly header?: Header;
}

/** What an HTTP request becomes: one command, or a reservation in a limit's stream and then the command. */
export interface CommandPlan extends StreamCommand {
  /** Set by the kit for commands that create their stream: the scope is then judged by `header`. */
  readonly creates?: boolean;
  readonly reserve?: {
    readonly aggregate: AnyAggregate;
    readonly id: string;
    readonly command: unknown;
    /** The command that takes the reservation back. */
    readonly release: unknown;
    readonly header?: Header;
  };
}

type PathParams<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? { readonly [K in Name]: string } & PathParams<Rest>
  : Path extends `${string}:${infer Name}`
    ? { readonly [K in Name]: string }
    : unknown;

export interface CommandRoute<Path extends string = string, Body = unknown> {
  /** PascalCase, imperative: `EnrolCandidate`. With the service's name it is the key in the access table. */
  readonly name: string;
  /** After the service's name: `/cases/:caseId/enrolments`. Ids in it are UUIDs. */
  readonly path: Path;
  /** One line for the reference. */
  readonly summary: string;
  /** Strict; unknown keys are refused. */
  readonly body: z.ZodType<Body>;
  /**
   * Where the transaction is looked up before `to` runs, so that a repeat is answered as the first time whatever
   * has changed since. Needed wherever `to` can refuse or leaves something behind.
   */
  stream?(request: { readonly params: PathParams<Path>; readonly transactionId: string }): {
    readonly aggregate: AnyAggregate;
    readonly id: string;
  };
  /** 201 when it creates what `Location` names. */
  readonly creates?: true;
  /** Throw `ProblemError` for what only the edge can judge (a field rule over several fields, an unknown number). */
  to(request: {
    readonly params: PathParams<Path>;
    readonly body: Body;
    readonly edge: CommandEdge;
  }): CommandPlan | Promise<CommandPlan>;
  /** What the answer says beside `id`, `caseId` and `position`; made from the recorded events alone. */
  answer?(events: readonly DecodedEvent[]): {
    readonly id?: string;
    readonly caseNumber?: string;
    readonly warnings?: readonly string[];
  };
  /**
   * What must also be true once it is recorded, outside the log (the person index). Runs before the answer, at a
   * repeat too; a reaction does the same for the case that the process dies here.
   */
  afterwards?(request: { readonly params: PathParams<Path>; readonly edge: CommandEdge }): Promise<void>;
  /** For callers whose scope is own vacancies: the employer it concerns. */
  employerOf?(request: { readonly params: PathParams<Path>; readonly edge: CommandEdge }): Promise<string | undefined>;
}

/** Keeps the types of path and body while a service lists its commands. */
export const command = <const Path extends string, Body>(route: CommandRoute<Path, Body>): CommandRoute => route;

export type { ProblemError };
