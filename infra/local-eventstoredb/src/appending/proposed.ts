import type { EventToAppend } from "@safar/event-store";
import type { ProposedMessage } from "../protocol/messages.ts";
import { storedTypeOf } from "../stored-type.ts";
import { uuidOf } from "../uuids.ts";

/** An event as a client proposes it. */
export type Proposed = EventToAppend | { readonly missing: "type" | "content-type" } | { readonly wrong: string };

const NOTHING = new Uint8Array();

export const eventOf = (message: ProposedMessage): Proposed => {
  const { id, metadata = {}, customMetadata = NOTHING, data = NOTHING } = message;
  const type = metadata["type"];
  const contentType = metadata["content-type"];
  const uuid = uuidOf(id);
  if (uuid === undefined) return { wrong: `Unrecognized Guid format: ${id?.string ?? ""}` };
  if (type === undefined) return { missing: "type" };
  if (contentType === undefined) return { missing: "content-type" };
  if (type === "") return { wrong: "Value cannot be null. (Parameter 'eventType')" };
  return { id: uuid, type: storedTypeOf(type, contentType), data, metadata: customMetadata };
};
