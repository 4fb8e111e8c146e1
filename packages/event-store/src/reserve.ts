import { deriveUuid, type RefusalOf } from "@safar/kernel";
import type { Execution, Executor, Outcome } from "./execute.ts";

/** A guard that spans two streams: first the limit's own stream, then the case's, under one transaction id. */
export interface Reservation {
  /** In the stream that holds the limit (a course's seats, a vacancy's positions, a person's one journey). */
  readonly reserve: Execution<unknown>;
  /** In the case's stream; the transaction is looked up here and never in the reserving stream. */
  readonly record: Execution<unknown>;
  /** Takes the reservation back, in the limit's stream. */
  readonly release: unknown;
}

/** The transaction that takes a reservation back: the same for the same reservation. */
export const releaseTransactionIdOf = (transactionId: string): string => deriveUuid(transactionId, "release");

/** Gives a half-done transaction up: its second half can no longer be recorded, then the first is released. */
export const giveUp = async (executor: Executor, reservation: Reservation, reason: string): Promise<Outcome> => {
  const { reserve, record, release } = reservation;
  const given = await executor.recordKitEvent(record, {
    type: "ReservationGivenUp",
    data: { reserved: `${reserve.aggregate.contracts.category}-${reserve.id}`, reason },
  });
  // The second half came first after all: nothing is given up.
  if (given.kind === "recorded" && given.events.every((event) => event.type !== "ReservationGivenUp")) return given;
  if (given.kind !== "recorded") return given;
  return executor.execute({
    ...reserve,
    command: release,
    transactionId: releaseTransactionIdOf(reserve.transactionId),
  });
};

/**
 * Reserves, then records. Refused early where the case's stream would refuse, so that nothing is reserved in vain;
 * a repeat after a crash between the two finishes the second half.
 */
export const executeReserved = async (executor: Executor, reservation: Reservation): Promise<Outcome> => {
  const { reserve, record } = reservation;
  const early = await executor.preview(record);
  if (early) return early;
  const reserved = await executor.execute<RefusalOf<string>>({ ...reserve, ifMatch: undefined });
  if (reserved.kind === "different-request") return reserved;
  if (reserved.kind !== "recorded") return reserved;
  const recorded = await executor.execute<RefusalOf<string>>(record);
  if (recorded.kind === "refused" || recorded.kind === "precondition-failed" || recorded.kind === "unknown-case")
    await giveUp(executor, reservation, recorded.kind === "refused" ? recorded.refusal.code : recorded.kind);
  return recorded;
};
