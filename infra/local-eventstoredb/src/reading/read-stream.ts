import type { EventStore, ReadStreamOptions } from "@safar/event-store";
import { handlerFailure, unknownFailure, type Failure } from "../failures.ts";
import type { ReadOptions } from "../protocol/messages.ts";
import { streamIdentifier, streamNameOf } from "../stream-names.ts";
import { writeInTurn } from "./outgoing.ts";
import { readEvent, uuidWriter } from "./read-event.ts";
import type { Reading } from "./read.ts";

/** Revision of the last event; undefined for a stream that does not exist. */
export const lastRevisionOf = async (store: EventStore, stream: string): Promise<number | undefined> => {
  for await (const { revision } of store.readStream(stream, { direction: "backwards", limit: 1 })) return revision;
  return undefined;
};

/** A revision of the protocol; larger ones than a number holds mean the same. */
export const revisionOf = (options: ReadOptions): number =>
  Math.min(Number(options.stream?.revision ?? "0"), Number.MAX_SAFE_INTEGER);

/** From a revision inclusive in both directions; undefined: forwards from the end, which is an error. */
const rangeOf = (options: ReadOptions): ReadStreamOptions | undefined => {
  const option = options.stream?.revisionOption ?? "start";
  if (options.readDirection === "Backwards") {
    if (option === "end") return { direction: "backwards" };
    return { direction: "backwards", from: option === "start" ? 0 : revisionOf(options) };
  }
  if (option === "end") return undefined;
  return option === "start" ? {} : { from: revisionOf(options) };
};

export const readStream = async ({ store, options, out }: Reading): Promise<Failure | undefined> => {
  const stream = streamNameOf(options.stream?.streamIdentifier);
  const range = rangeOf(options);
  const limit = Number(options.count ?? "0");
  if (stream === "") return handlerFailure();
  if (range === undefined || limit === 0) return unknownFailure("Unexpected ReadStreamResult: Error");
  const last = await lastRevisionOf(store, stream);
  if (last === undefined) {
    out.write({ streamNotFound: { streamIdentifier: streamIdentifier(stream) } });
    return undefined;
  }
  const writeUuid = uuidWriter(options.uuidOption);
  for await (const event of store.readStream(stream, { ...range, limit })) {
    await writeInTurn(out, readEvent(event, writeUuid));
    if (out.signal.aborted) return undefined;
  }
  // Clients from version 21.10 on say so when they want to hear it.
  if ((options.controlOption?.compatibility ?? 0) >= 1) await writeInTurn(out, { lastStreamPosition: String(last) });
  return undefined;
};
