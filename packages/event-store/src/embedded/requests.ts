import type { AppendMessage } from "./messages.ts";
import type { AppendRequest, EventToStore } from "./writer-log.ts";

/** Takes a message apart into the appends that went into it (pending-append.ts puts them together). */
export const requestsOf = ({ fields, bytes }: AppendMessage): AppendRequest[] => {
  const requests: AppendRequest[] = [];
  let field = 0;
  let offset = 0;
  const text = (): string => String(fields[field++]);
  const number = (): number => Number(fields[field++]);
  const part = (length: number): Uint8Array => bytes.subarray(offset, (offset += length));

  const event = (): EventToStore => {
    const id = text();
    const type = text();
    const dataLength = number();
    const metadataLength = number();
    return { id, type, data: part(dataLength), metadata: part(metadataLength) };
  };

  while (field < fields.length) {
    const stream = text();
    const hash = number();
    const expected = number();
    const recordedAt = number();
    const events: EventToStore[] = [];
    for (let count = number(); count > 0; count -= 1) events.push(event());
    requests.push({ stream, hash, expected, recordedAt, events });
  }
  return requests;
};
