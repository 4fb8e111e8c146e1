import { streamName, type DecodedEvent } from "@safar/contracts";
import { ProblemError, type ServiceRuntime } from "@safar/service-kit";
import { caseStreams } from "./projections/case-streams.ts";

/** A case has some ten streams; many more would be a fault, and must not read the log empty. */
const MAX_STREAMS = 500;
/** How long a history waits for the index to reach the head that it found. */
const MAX_WAIT_MS = 2_000;

/** A case's whole history over all services, in the log's order. @throws ProblemError not-found, not-caught-up */
export const readHistory = async ({ kit, readModel }: ServiceRuntime, caseId: string): Promise<DecodedEvent[]> => {
  const head = await kit.store.head();
  if (!(await readModel.waitFor(head, MAX_WAIT_MS))) throw new ProblemError("not-caught-up");
  const { items } = readModel.table(caseStreams).find({ where: { caseId }, order: "key", limit: MAX_STREAMS });
  if (items.length === 0) throw new ProblemError("not-found");
  const history: DecodedEvent[] = [];
  for (const { row } of items)
    for await (const stored of kit.store.readStream(row.stream)) history.push(kit.decoder.decode(stored));
  return history.sort((a, b) => (a.position < b.position ? -1 : 1));
};

/** Who looked at a case, in order. */
export const readAccess = async ({ kit }: ServiceRuntime, caseId: string): Promise<DecodedEvent[]> => {
  const access: DecodedEvent[] = [];
  for await (const stored of kit.store.readStream(streamName("access", caseId)))
    access.push(kit.decoder.decode(stored));
  return access;
};
