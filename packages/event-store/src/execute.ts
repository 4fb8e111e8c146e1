import {
  contractOf,
  decodeWith,
  streamName,
  type DecodedEvent,
  type EventContract,
  type Metadata,
  type RecordedFact,
} from "@safar/contracts";
import { type Decision, type Environment, type RefusalOf } from "@safar/kernel";
import type { AnyAggregate } from "./aggregate.ts";
import { eventIdOf } from "./event-id.ts";
import { createLoader, type Header, type LoadedStream, type PastTransaction } from "./load.ts";
import { StoreUnavailable, WrongExpectedRevision, type EventStore, type EventToAppend, type Revision } from "./port.ts";

/** Encrypts the marked fields of one event's data with the person's own key. */
export type Seal = (
  contract: EventContract,
  data: Readonly<Record<string, unknown>>,
  meta: Metadata,
) => Promise<Readonly<Record<string, unknown>>>;

/** What is the same for every event of one command. */
export interface CommandContext {
  readonly actor: Metadata["actor"];
  /** When it happened, as an ISO instant; from the Environment's clock at the edge. */
  readonly occurredAt: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly legalBasis?: string;
  /** Absent for a reaction: finding its transaction is enough. */
  readonly requestHash?: string;
}

export interface Execution<Command> {
  readonly aggregate: AnyAggregate;
  /** What follows the category and the first dash in the stream's name. */
  readonly id: string;
  readonly command: Command;
  readonly transactionId: string;
  readonly context: CommandContext;
  /** Revision that the client saw (`If-Match`), or that the stream exists at all (`*`; RFC 9110, 13.1.1). */
  readonly ifMatch?: Revision | "exists";
  /** What the stream's events carry from the first one on, where the stream itself does not say it yet. */
  readonly header?: Header;
}

export type Outcome<Refusal extends RefusalOf<string> = RefusalOf<string>> =
  | {
      readonly kind: "recorded";
      /** True when the transaction was there already: nothing was added. */
      readonly repeated: boolean;
      /** The events of this transaction in this stream. */
      readonly events: readonly DecodedEvent[];
      readonly revision: Revision;
      readonly position: bigint;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal }
  /** The transaction is there, with another request: 422. */
  | { readonly kind: "different-request" }
  /** The transaction was given up half-way: 409 `reservation-lapsed`. */
  | { readonly kind: "lapsed" }
  /** The stream has moved on from what the client saw: 412. */
  | { readonly kind: "precondition-failed"; readonly actual: Revision }
  /** There is no such case: 404. */
  | { readonly kind: "unknown-case" }
  /** Others were faster three times in a row: 503. */
  | { readonly kind: "contended" };

/** How often a decision is made anew after a conflict before the client is asked to wait (architecture.md). */
export const MAX_CONFLICT_RETRIES = 3;
/** How often an append of unknown outcome is repeated unchanged, and how long between, before the client is told. */
const MAX_UNKNOWN_OUTCOME_REPEATS = 5;
const UNKNOWN_OUTCOME_PAUSE_MS = 200;

const utf8 = new TextEncoder();

const withoutUndefined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;

export const createExecutor = (options: {
  readonly store: EventStore;
  readonly seal: Seal;
  readonly environment: Environment;
}) => {
  const { store, seal, environment } = options;
  const { load } = createLoader(store);

  const repeatedAnswer = async (
    aggregate: AnyAggregate,
    stream: string,
    past: PastTransaction,
  ): Promise<Outcome<never>> => {
    const events: DecodedEvent[] = [];
    const limit = past.revision - past.firstRevision + 1;
    for await (const stored of store.readStream(stream, { from: past.firstRevision, limit }))
      events.push(decodeWith(aggregate.contracts, stored));
    return { kind: "recorded", repeated: true, events, revision: past.revision, position: past.position };
  };

  /** What can be answered without deciding: a past transaction, a failed `If-Match`. */
  const settledBefore = async (
    execution: Execution<unknown>,
    loaded: LoadedStream<unknown>,
  ): Promise<Outcome<never> | undefined> => {
    const past = loaded.transactions.get(execution.transactionId);
    if (past?.lapsed) return { kind: "lapsed" };
    if (past && execution.context.requestHash !== past.requestHash) return { kind: "different-request" };
    if (past) return repeatedAnswer(execution.aggregate, loaded.stream, past);
    const { ifMatch } = execution;
    const isMatch = ifMatch === "exists" ? loaded.revision >= 0 : ifMatch === loaded.revision;
    if (ifMatch !== undefined && !isMatch) return { kind: "precondition-failed", actual: loaded.revision };
    return undefined;
  };

  /** The first event of each of a case's streams takes person, unit and region from the case's registration. */
  const headerFor = async (
    execution: Execution<unknown>,
    loaded: LoadedStream<unknown>,
  ): Promise<Header | undefined> => {
    const given = execution.header ?? {};
    // Whose stream it is stays as it began, whoever's event gave rise to the command.
    const { caseId = given.caseId, personId = given.personId } = loaded.header;
    const header = withoutUndefined({ ...loaded.header, ...withoutUndefined(given), caseId, personId });
    if (!execution.aggregate.ofCase || execution.aggregate.contracts.category === "registration") return header;
    if (header.personId !== undefined) return header;
    if (header.caseId === undefined) return undefined;
    const registered = await caseHeader(header.caseId);
    return registered && { ...registered, ...header };
  };

  const caseHeader = async (caseId: string): Promise<Header | undefined> => {
    for await (const stored of store.readStream(streamName("registration", caseId), { limit: 10 })) {
      if (stored.type === "ReservationGivenUp" || stored.type === "ReactionRefused") continue;
      const { personId, unit, agency, region } = JSON.parse(new TextDecoder().decode(stored.metadata)) as Metadata;
      return withoutUndefined({ caseId, personId, unit, agency, region });
    }
    return undefined;
  };

  const toStore = async (
    execution: Pick<Execution<unknown>, "aggregate" | "transactionId" | "context">,
    header: Header,
    facts: readonly (Omit<RecordedFact, "meta"> & Partial<Metadata>)[],
  ): Promise<EventToAppend[]> => {
    const { aggregate, transactionId, context } = execution;
    const events: EventToAppend[] = [];
    for (const [index, fact] of facts.entries()) {
      const contract = contractOf(aggregate.contracts, fact.type);
      if (!contract) throw new Error(`${aggregate.contracts.category} has no contract ${fact.type}`);
      const { effectiveAt, reasonCode, evidence, consentId } = fact;
      const meta: Metadata = withoutUndefined({
        schemaVersion: contract.version,
        service: aggregate.contracts.service,
        ...header,
        ...context,
        transactionId,
        effectiveAt,
        reasonCode,
        evidence,
        consentId,
      });
      const data = await seal(contract, contract.schema.parse(fact.data) as Record<string, unknown>, meta);
      const bytes = {
        type: fact.type,
        data: utf8.encode(JSON.stringify(data)),
        metadata: utf8.encode(JSON.stringify(meta)),
      };
      events.push({ id: eventIdOf(transactionId, index, bytes), ...bytes });
    }
    return events;
  };

  /** An unknown outcome is repeated unchanged: the same ids at the same expected revision are stored once. */
  const appendSurely = async (stream: string, revision: Revision, events: readonly EventToAppend[]) => {
    for (let repeat = 0; ; repeat += 1) {
      try {
        return await store.append(stream, revision < 0 ? "no-stream" : revision, events);
      } catch (error) {
        const isUnknown = error instanceof StoreUnavailable && error.outcome === "unknown";
        if (!isUnknown || repeat >= MAX_UNKNOWN_OUTCOME_REPEATS) throw error;
        await environment.timers.sleep(UNKNOWN_OUTCOME_PAUSE_MS * (repeat + 1));
      }
    }
  };

  const appendFacts = async (
    execution: Pick<Execution<unknown>, "aggregate" | "transactionId" | "context">,
    loaded: LoadedStream<unknown>,
    header: Header,
    facts: readonly (Omit<RecordedFact, "meta"> & Partial<Metadata>)[],
  ): Promise<Outcome<never>> => {
    const events = await toStore(execution, header, facts);
    const { revision, position } = await appendSurely(loaded.stream, loaded.revision, events);
    const recordedAt = environment.clock.now();
    const decoded = events.map((event, index) =>
      decodeWith(execution.aggregate.contracts, {
        ...event,
        stream: loaded.stream,
        revision: loaded.revision + 1 + index,
        position,
        recordedAt,
      }),
    );
    return { kind: "recorded", repeated: false, events: decoded, revision, position };
  };

  /** Loads, decides, appends; on a conflict loads and decides again. @throws StoreUnavailable, AppendTooLarge */
  const execute = async <Refusal extends RefusalOf<string>>(
    execution: Execution<unknown>,
  ): Promise<Outcome<Refusal>> => {
    for (let attempt = 0; attempt <= MAX_CONFLICT_RETRIES; attempt += 1) {
      const loaded = await load(execution.aggregate, execution.id);
      const settled = await settledBefore(execution, loaded);
      if (settled) return settled;
      const header = await headerFor(execution, loaded);
      if (!header) return { kind: "unknown-case" };
      const decision = execution.aggregate.decider.decide(loaded.state, execution.command) as Decision<
        RecordedFact,
        Refusal
      >;
      if (!decision.accepted) return { kind: "refused", refusal: decision.refusal };
      try {
        return await appendFacts(execution, loaded, header, decision.facts);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
        if (execution.ifMatch !== undefined) continue;
      }
    }
    return { kind: "contended" };
  };

  /** The answer to a transaction that is in the stream already; undefined when it is not. */
  const pastAnswer = async (execution: Execution<unknown>): Promise<Outcome<never> | undefined> => {
    const { ifMatch: _any, ...rest } = execution;
    return settledBefore(rest, await load(execution.aggregate, execution.id));
  };

  /** What `execute` would answer now, without recording anything; undefined: it would be accepted. */
  const preview = async (execution: Execution<unknown>): Promise<Outcome | undefined> => {
    const loaded = await load(execution.aggregate, execution.id);
    const settled = await settledBefore(execution, loaded);
    if (settled) return settled;
    if (!(await headerFor(execution, loaded))) return { kind: "unknown-case" };
    const decision = execution.aggregate.decider.decide(loaded.state, execution.command) as Decision<
      RecordedFact,
      RefusalOf<string>
    >;
    return decision.accepted ? undefined : { kind: "refused", refusal: decision.refusal };
  };

  /** Records events of the kit itself (`ReactionRefused`, `ReservationGivenUp`) in an aggregate's stream, once. */
  const recordKitEvent = async (
    execution: Omit<Execution<unknown>, "command">,
    fact: { readonly type: string; readonly data: Readonly<Record<string, unknown>> },
  ): Promise<Outcome<never>> => {
    for (let attempt = 0; attempt <= MAX_CONFLICT_RETRIES; attempt += 1) {
      const loaded = await load(execution.aggregate, execution.id);
      const past = loaded.transactions.get(execution.transactionId);
      if (past) return repeatedAnswer(execution.aggregate, loaded.stream, past);
      const header = (await headerFor({ ...execution, command: undefined }, loaded)) ?? execution.header ?? {};
      try {
        return await appendFacts(execution, loaded, header, [fact]);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
    return { kind: "contended" };
  };

  return { execute, pastAnswer, preview, recordKitEvent, load, caseHeader };
};
export type Executor = ReturnType<typeof createExecutor>;
