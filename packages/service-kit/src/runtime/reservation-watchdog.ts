import { categoryOf, ReservationGivenUp, streamIdOf, type DecodedEvent } from "@safar/contracts";
import { giveUp, releaseTransactionIdOf, StoreUnavailable } from "@safar/event-store";
import { everyRow, type Projection, type ReadModel } from "@safar/read-model";
import type { ReservationRule } from "../service/define-service.ts";
import { nowOf, type Kit } from "./kit.ts";
import { commandName } from "./perform.ts";

/** A first half whose second half is not recorded yet. */
interface OpenReservation {
  readonly kind: "open";
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly event: StoredReservation;
}

/** A reservation that was given up, and is not taken back in the limit's stream yet. */
interface GivenUpReservation {
  readonly kind: "givenUp";
  readonly since: number;
  readonly limitStream: string;
  readonly transactionId: string;
}
type ReservationRow = OpenReservation | GivenUpReservation;
type StoredReservation = Omit<DecodedEvent, "position"> & { readonly position: string };

/** Longer than any client waits for its answer; a seat is not blocked for longer by a crash. */
const GIVE_UP_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 10_000;
/** Of what is put on record where a reservation cannot be taken back. */
const NAME = "reservation-watchdog";

const categoryOfAggregate = (rule: ReservationRule): string => (rule.limit.contracts as { category: string }).category;

/**
 * One row an open reservation, by transaction: it goes when the second half is recorded under the same one. Where it
 * is given up instead, a row by the release's transaction stays until that is recorded.
 */
export const openReservations = (
  rules: readonly ReservationRule[],
  recordCategories: readonly string[],
): Projection<ReservationRow> => {
  const limits = new Set(rules.map((rule) => `${categoryOfAggregate(rule)} ${rule.reserved.type}`));
  return {
    name: "openReservations",
    version: 2,
    categories: [...new Set([...rules.map(categoryOfAggregate), ...recordCategories])],
    keysOf: ({ type, meta: { transactionId } }) =>
      type === ReservationGivenUp.type ? [transactionId, releaseTransactionIdOf(transactionId)] : [transactionId],
    project(row, event, key) {
      const { transactionId } = event.meta;
      const since = event.recordedAt;
      if (event.type === ReservationGivenUp.type) {
        if (key === transactionId) return undefined;
        const { reserved } = ReservationGivenUp.schema.parse(event.data);
        return { kind: "givenUp", since, limitStream: reserved, transactionId };
      }
      if (limits.has(`${categoryOf(event.stream)} ${event.type}`))
        return { kind: "open", since, event: { ...event, position: String(event.position) } };
      return recordCategories.includes(categoryOf(event.stream)) || row?.kind === "givenUp" ? undefined : row;
    },
  };
};

/** Gives up what stayed half done for longer than a named limit: the case's stream first, then the release. */
export const watchReservations = async (options: {
  readonly service: string;
  readonly rules: readonly ReservationRule[];
  readonly projection: Projection<ReservationRow>;
  readonly readModel: ReadModel;
  readonly kit: Kit;
  readonly signal: AbortSignal;
}): Promise<void> => {
  const { service, rules, projection, readModel, kit, signal } = options;
  const ruleOf = (event: Pick<DecodedEvent, "stream" | "type">): ReservationRule | undefined =>
    rules.find((rule) => rule.reserved.type === event.type && categoryOfAggregate(rule) === categoryOf(event.stream));

  const giveUpOne = async (event: DecodedEvent): Promise<void> => {
    const rule = ruleOf(event);
    if (!rule) return;
    const { transactionId, correlationId } = event.meta;
    const context = {
      actor: { id: service, role: "service", kind: "system" },
      occurredAt: nowOf(kit.environment),
      correlationId,
      causationId: event.id,
    } as const;
    const reserve = { aggregate: rule.limit, id: streamIdOf(event.stream), command: undefined, transactionId, context };
    const caseId = caseIdOf(event);
    const header = {
      ...(caseId === undefined ? {} : { caseId }),
      ...(event.meta.personId === undefined ? {} : { personId: event.meta.personId }),
    };
    const record = { ...rule.record(event), command: undefined, transactionId, context, header };
    const release = rule.release(event);
    const outcome = await giveUp(kit.executor, { reserve, record, release }, "not-finished-in-time");
    if (outcome.kind === "refused") {
      // Something else took it back. Without a word under the release's transaction it would be tried for ever.
      const { code } = outcome.refusal;
      await kit.executor.recordKitEvent(
        { ...reserve, transactionId: releaseTransactionIdOf(transactionId) },
        { type: "ReactionRefused", data: { reaction: NAME, command: commandName(release), code, alarm: false } },
      );
      return;
    }
    kit.metrics.count("safar_reservations_given_up_total", "Half-done reservations that were released", { service });
  };

  /** The process died between giving up and taking back: the reservation is found again in the limit's stream. */
  const reservedBy = async ({ limitStream, transactionId }: GivenUpReservation): Promise<DecodedEvent | undefined> => {
    for await (const stored of kit.store.readStream(limitStream)) {
      const event = kit.decoder.decode(stored);
      if (event.meta.transactionId === transactionId && ruleOf(event)) return event;
    }
    return undefined;
  };

  const settle = async (row: ReservationRow): Promise<void> => {
    const event = row.kind === "open" ? { ...row.event, position: BigInt(row.event.position) } : await reservedBy(row);
    if (!event) return;
    if (row.kind === "open" && ruleOf(event)?.isAtWork?.(event, readModel)) return;
    await giveUpOne(event);
  };

  const look = async (): Promise<void> => {
    const now = kit.environment.clock.now();
    // All of them: those that are young, still at work or cannot be given up must not hide one that was left.
    for (const { key, row } of everyRow(readModel.table(projection))) {
      if (signal.aborted) return;
      if (now - row.since < GIVE_UP_AFTER_MS) continue;
      try {
        await settle(row);
      } catch (error) {
        if (error instanceof StoreUnavailable) throw error;
        kit.log.error({ err: error, service, transactionId: key }, "a reservation that was left could not be given up");
      }
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
