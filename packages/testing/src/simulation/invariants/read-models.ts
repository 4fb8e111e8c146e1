import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { verifyReadModel } from "@safar/read-model";
import type { ServiceRuntime } from "@safar/service-kit";
import type { Verdict } from "../verdict.ts";

/** Compares every row of a service with the fold of the history up to where its tables are. */
export const findDifferences = async (options: {
  readonly store: EventStore;
  readonly decoder: Decoder;
  readonly verdict: Verdict;
  readonly runtime: ServiceRuntime;
}): Promise<void> => {
  const { store, decoder, verdict, runtime } = options;
  const { readModel, projections, definition } = runtime;
  if (projections.length === 0 || readModel.position() < 0n) return;
  const [difference] = await verifyReadModel({ store, decoder, readModel, projections: projections });
  if (!difference) return;
  const { projection, key } = difference;
  verdict.broken(
    6,
    `${definition.name}'s row ${key} of ${projection} differs from the fold of the history at ${readModel.position()}`,
  );
};
