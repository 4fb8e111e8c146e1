import { countedBytes, MAX_APPEND_BYTES, type RecordedEvent } from "../port.ts";
import { MOVE_BATCH_EVENTS } from "./limits.ts";

/** Events that follow each other in the log and in one stream, as many as go into one append. */
export async function* moveBatches(
  events: AsyncIterable<RecordedEvent>,
): AsyncGenerator<readonly RecordedEvent[], void> {
  let batch: RecordedEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const more = countedBytes(event);
    const fits = batch.length < MOVE_BATCH_EVENTS && bytes + more <= MAX_APPEND_BYTES;
    if (batch.length > 0 && !(fits && batch[0]?.stream === event.stream)) {
      yield batch;
      batch = [];
      bytes = 0;
    }
    batch.push(event);
    bytes += more;
  }
  if (batch.length > 0) yield batch;
}
