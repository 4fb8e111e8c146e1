import type { RecordedEvent } from "@safar/event-store";
import { positionMessage } from "../positions.ts";
import type { ReadOptions, ReadResponse, UuidMessage } from "../protocol/messages.ts";
import { typeAndContent } from "../stored-type.ts";
import { streamIdentifier } from "../stream-names.ts";
import { structuredUuid } from "../uuids.ts";

/** .NET counts time in tenths of a microsecond. */
const TICKS_PER_MILLISECOND = 10_000n;

/** How a reader wants event ids written. */
export type WriteUuid = (uuid: string) => UuidMessage;

export const uuidWriter = (option: ReadOptions["uuidOption"]): WriteUuid =>
  option?.content === "string" ? (uuid) => ({ string: uuid }) : structuredUuid;

export const readEvent = (event: RecordedEvent, writeUuid: WriteUuid): ReadResponse => {
  const { type, contentType } = typeAndContent(event.type);
  const position = positionMessage(event.position);
  return {
    event: {
      event: {
        id: writeUuid(event.id),
        streamIdentifier: streamIdentifier(event.stream),
        streamRevision: String(event.revision),
        ...position,
        metadata: {
          type,
          created: String(BigInt(event.recordedAt) * TICKS_PER_MILLISECOND),
          "content-type": contentType,
        },
        customMetadata: event.metadata,
        data: event.data,
      },
      commitPosition: position.commitPosition,
    },
  };
};
