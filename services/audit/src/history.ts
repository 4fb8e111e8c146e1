import { streamName, type DecodedEvent } from "@safar/contracts";
import type { RecordedEvent } from "@safar/event-store";
import { everyRow } from "@safar/read-model";
import { ProblemError, type ServiceRuntime } from "@safar/service-kit";
import { alteredAmong, type Altered } from "./altered.ts";
import { caseStreams } from "./projections/case-streams.ts";

/** How long a history waits for the index to reach the head that it found. */
const MAX_WAIT_MS = 2_000;

/** Events in order, and which of them are not what was recorded. */
export interface Told {
  readonly events: readonly DecodedEvent[];
  readonly altered: Altered;
}

const told = ({ kit }: ServiceRuntime, stored: readonly RecordedEvent[]): Told => {
  const decoded = new Map(stored.map((event) => [kit.decoder.decode(event), event]));
  return { events: [...decoded.keys()], altered: alteredAmong(kit, decoded) };
};

/** A case's whole history over all services, in the log's order. @throws ProblemError not-found, not-caught-up */
export const readHistory = async (runtime: ServiceRuntime, caseId: string): Promise<Told> => {
  const { kit, readModel } = runtime;
  const head = await kit.store.head();
  if (!(await readModel.waitFor(head, MAX_WAIT_MS))) throw new ProblemError("not-caught-up");
  const history: RecordedEvent[] = [];
  for (const { row } of [...everyRow(readModel.table(caseStreams), { caseId })])
    for await (const stored of kit.store.readStream(row.stream)) history.push(stored);
  if (history.length === 0) throw new ProblemError("not-found");
  return told(
    runtime,
    // Streams are read one after the other: of what came after the head one may lack what another follows from.
    history.filter(({ position }) => position <= head).sort((a, b) => (a.position < b.position ? -1 : 1)),
  );
};

/** Who looked at a case, in order. */
export const readAccess = async (runtime: ServiceRuntime, caseId: string): Promise<Told> => {
  const access: RecordedEvent[] = [];
  for await (const stored of runtime.kit.store.readStream(streamName("access", caseId))) access.push(stored);
  return told(runtime, access);
};

/** One event where it stands; none where nothing stands there. */
export const readEvent = async (runtime: ServiceRuntime, stream: string, revision: number): Promise<Told> => {
  const found: RecordedEvent[] = [];
  for await (const stored of runtime.kit.store.readStream(stream, { from: revision, limit: 1 })) found.push(stored);
  return told(runtime, found);
};
