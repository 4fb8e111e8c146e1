import type { FastifyInstance } from "fastify";
import { createReactor, type Reactor } from "@safar/event-bus";
import { tashkentDate } from "@safar/kernel";
import { VaultUnavailable } from "@safar/vault";
import { openReadModel, type Projection, type ReadModel } from "@safar/read-model";
import { registerAggregate, registerOfCase, type Door } from "../http/aggregate-routes.ts";
import { registerCommands } from "../http/command-routes.ts";
import { registerQueries } from "../http/query-routes.ts";
import { whereItFailed } from "../observability/where-it-failed.ts";
import { reacts, registerParked } from "../parked/parked-doors.ts";
import { parkedTable } from "../parked/parked-table.ts";
import type { CommandPlan } from "../service/command.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import type { Reaction, ReactionEdge } from "../service/reaction.ts";
import { aggregateView, type AggregateRow } from "./aggregate-view.ts";
import { nowOf, type Kit } from "./kit.ts";
import { performReaction, ReactionHindered } from "./perform.ts";
import { openReservations, watchReservations } from "./reservation-watchdog.ts";

/** One service at work: its read model, reactions and watchdog, and the doors it opens. */
export interface ServiceRuntime {
  readonly definition: ServiceDefinition;
  readonly kit: Kit;
  readonly readModel: ReadModel;
  /** The table of an aggregate's present states, by category. */
  view(category: string): Projection<AggregateRow>;
  readonly reactor: Reactor;
  /** Every projection it keeps, for the proof that no read model differs from the fold. */
  readonly projections: readonly Projection<never>[];
  routes(server: FastifyInstance): Promise<void>;
  /** Resolves once the read model has caught up with the log. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
}

/** How long a reaction waits for its service's own tables to reach the event it reacts to. */
const READ_MODEL_WAIT_MS = 10_000;

const edgeOf = (kit: Kit, readModel: ReadModel): ReactionEdge => ({
  load: (aggregate, id) => kit.executor.load(aggregate, id),
  vault: kit.vault,
  personOf: (caseId) => kit.registrationReader.personOf(caseId),
  standingOf: (caseId) => kit.registrationReader.standingOf(caseId),
  readModel,
  now: nowOf(kit.environment),
  today: tashkentDate(kit.environment.clock.now()),
});

/** What says nothing of the event itself: it is waited for, for ever, and never parked. */
const isWaitedFor = (error: unknown): boolean => error instanceof ReactionHindered || error instanceof VaultUnavailable;

const reactorOf = (kit: Kit, definition: ServiceDefinition, readModel: ReadModel, signal: AbortSignal): Reactor =>
  createReactor<CommandPlan>({
    service: definition.name,
    reactions: (definition.reactions ?? []).map((reaction: Reaction) => ({
      name: reaction.name,
      on: reaction.on,
      then: async (event) => {
        if (!(await readModel.waitFor(event.position, READ_MODEL_WAIT_MS, signal)))
          throw new ReactionHindered(`${definition.name}'s tables have not reached ${event.position}`);
        return reaction.then(event, edgeOf(kit, readModel));
      },
    })),
    perform: (event, reaction, _index, plan) => performReaction(kit, definition.name, reaction, event, plan),
    targetStream: (plan) => `${(plan.aggregate.contracts as { category: string }).category}-${plan.id}`,
    store: kit.store,
    decoder: kit.decoder,
    environment: kit.environment,
    isWaitedFor,
    onAlarm(alarm) {
      kit.metrics.count("safar_reaction_alarms_total", "What an operator should look at", {
        service: definition.name,
        kind: alarm.kind,
      });
      const { kind, reaction, eventId, stream } = alarm;
      const failure = alarm.kind === "event-parked" ? whereItFailed(alarm.error) : undefined;
      kit.log.warn({ kind, service: definition.name, reaction, eventId, stream, failure }, "a reaction needs a look");
    },
  });

const viewsOf = (definition: ServiceDefinition): ReadonlyMap<string, Projection<AggregateRow>> =>
  new Map(
    definition.aggregates.map((room) => [
      (room.aggregate.contracts as { category: string }).category,
      aggregateView(room),
    ]),
  );

const reservationsOf = (definition: ServiceDefinition) => {
  const recordCategories = definition.aggregates
    .filter(({ aggregate }) => aggregate.ofCase)
    .map(({ aggregate }) => (aggregate.contracts as { category: string }).category);
  return openReservations(definition.reservations ?? [], recordCategories);
};

/** Every table that a service keeps, as its read model is opened with. */
export const projectionsOf = (definition: ServiceDefinition): readonly Projection<never>[] =>
  [
    ...viewsOf(definition).values(),
    ...((definition.reservations ?? []).length > 0 ? [reservationsOf(definition)] : []),
    ...(reacts(definition) ? [parkedTable(definition.name)] : []),
    ...(definition.projections ?? []),
  ] as unknown as readonly Projection<never>[];

export const startService = (kit: Kit, definition: ServiceDefinition): ServiceRuntime => {
  const stopping = new AbortController();
  const views = viewsOf(definition);
  const rules = definition.reservations ?? [];
  const projections = projectionsOf(definition);
  const readModel = openReadModel({
    file: kit.readModelFile(definition.name),
    projections,
    store: kit.store,
    decoder: kit.decoder,
    environment: kit.environment,
    onError: (error) => {
      kit.writes.failed(definition.name, error);
    },
    onWritten: () => {
      kit.writes.succeeded(definition.name);
    },
  });
  kit.metrics.probe(() => {
    kit.metrics.gauge(
      "safar_read_model_position",
      "Position up to which the tables are current",
      Number(readModel.position()),
      { service: definition.name },
    );
    const handled = kit.bus.progress(`${definition.name}-reactions`);
    if (handled !== undefined)
      kit.metrics.gauge(
        "safar_reactions_position",
        "Position up to which the reactions have handled everything",
        Number(handled),
        { service: definition.name },
      );
    if (reacts(definition))
      kit.metrics.gauge(
        "safar_parked_cases",
        "Cases whose reactions stand still at an event that failed, until it is released",
        readModel.table(parkedTable(definition.name)).count([])[0]?.count ?? 0,
        { service: definition.name },
      );
  });
  const reactor = reactorOf(kit, definition, readModel, stopping.signal);
  const running: Promise<unknown>[] = [];
  if (reacts(definition)) running.push(kit.bus.consume(reactor.consumer, stopping.signal));
  if (rules.length > 0)
    running.push(
      watchReservations({
        service: definition.name,
        rules,
        projection: reservationsOf(definition),
        readModel,
        kit,
        signal: stopping.signal,
      }),
    );

  const runtime: ServiceRuntime = {
    definition,
    kit,
    readModel,
    reactor,
    projections,
    view(category) {
      const view = views.get(category);
      if (!view) throw new Error(`${definition.name} has no aggregate ${category}`);
      return view;
    },
    async routes(server) {
      const doors: Door[] = definition.aggregates.map((room) => ({
        service: definition.name,
        room,
        view: runtime.view((room.aggregate.contracts as { category: string }).category),
        readModel,
      }));
      registerCommands(server, kit, definition);
      registerQueries(server, kit, definition.name, definition.queries ?? [], readModel);
      for (const door of doors) registerAggregate(server, kit, door);
      registerOfCase(server, doors);
      registerParked(server, runtime);
      await definition.doors?.(server, runtime);
    },
    ready: readModel.ready,
    async stop() {
      stopping.abort();
      await Promise.allSettled(running);
      await readModel.close();
    },
  };
  return runtime;
};
