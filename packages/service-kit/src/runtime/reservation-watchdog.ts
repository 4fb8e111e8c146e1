import { categoryOf, streamIdOf, type DecodedEvent } from "@safar/contracts";
import { giveUp } from "@safar/event-store";
import type { Projection, ReadModel } from "@safar/read-model";
import type { ReservationRule } from "../service/define-service.ts";
import { nowOf, type Kit } from "./kit.ts";

/** A first half whose second half is not recorded yet. */
interface OpenReservation {
  readonly limitId: string;
  /** Milliseconds since the epoch. */
  readonly reservedAt: number;
  readonly event: Omit<DecodedEvent, "position"> & { readonly position: string };
}

/** Longer than any client waits for its answer; a seat is not blocked for longer by a crash. */
const GIVE_UP_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** At most so many are given up in one look, so that a look stays short. */
const MAX_AT_ONCE = 100;

const categoryOfAggregate = (rule: ReservationRule): string => (rule.limit.contracts as { category: string }).category;

/** One row an open reservation, by transaction: it goes when the second half is recorded under the same one. */
export const openReservations = (
  rules: readonly ReservationRule[],
  recordCategories: readonly string[],
): Projection<OpenReservation> => {
  const limits = new Map(rules.map((rule) => [`${categoryOfAggregate(rule)} ${rule.reserved.type}`, rule]));
  return {
    name: "openReservations",
    version: 1,
    categories: [...new Set([...rules.map(categoryOfAggregate), ...recordCategories])],
    keysOf: (event) => [event.meta.transactionId],
    project(row, event) {
      if (limits.has(`${categoryOf(event.stream)} ${event.type}`))
        return {
          limitId: streamIdOf(event.stream),
          reservedAt: event.recordedAt,
          event: { ...event, position: String(event.position) },
        };
      return recordCategories.includes(categoryOf(event.stream)) ? undefined : row;
    },
  };
};

/** Gives up what stayed half done for longer than a named limit: the case's stream first, then the release. */
export const watchReservations = async (options: {
  readonly service: string;
  readonly rules: readonly ReservationRule[];
  readonly projection: Projection<OpenReservation>;
  readonly readModel: ReadModel;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const { service, rules, projection, readModel, kit, signal } = options;
  const look = async (): Promise<void> => {
    const now = kit.environment.clock.now();
    const { items } = readModel.table(projection).find({ order: "key", limit: MAX_AT_ONCE });
    for (const { key: transactionId, row } of items) {
      if (signal.aborted) return;
      if (now - row.reservedAt < GIVE_UP_AFTER_MS) continue;
      const event: DecodedEvent = { ...row.event, position: BigInt(row.event.position) };
      const rule = rules.find(
        (one) => one.reserved.type === event.type && categoryOfAggregate(one) === categoryOf(event.stream),
      );
      if (!rule) continue;
      const context = {
        actor: { id: service, role: "service", kind: "system" },
        occurredAt: nowOf(kit.environment),
        correlationId: event.meta.correlationId,
        causationId: event.id,
      } as const;
      const reserve = { aggregate: rule.limit, id: row.limitId, command: undefined, transactionId, context };
      const { personId, unit, region, destination } = event.meta;
      const record = { ...rule.record(event), command: undefined, transactionId, context };
      await giveUp(
        kit.executor,
        {
          reserve,
          record: { ...record, header: { caseId: caseIdOf(event), personId, unit, region, destination } },
          release: rule.release(event),
        },
        "not-finished-in-time",
      );
      kit.metrics.count("safar_reservations_given_up_total", "Half-done reservations that were released", { service });
    }
  };
  while (!signal.aborted) {
    try {
      await look();
    } catch (error) {
      kit.log.error({ err: error, service }, "the reservation watchdog could not finish its look");
    }
    await kit.environment.timers.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
  }
};

const caseIdOf = (event: DecodedEvent): string | undefined =>
  event.meta.caseId ?? (event.data as { caseId?: string }).caseId;
