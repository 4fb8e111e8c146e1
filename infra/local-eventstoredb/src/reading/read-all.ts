import type { Position, ReadAllOptions } from "@safar/event-store";
import { unknownFailure, type Failure } from "../failures.ts";
import { isPlaceOfEvent, positionUpTo } from "../positions.ts";
import type { ReadOptions } from "../protocol/messages.ts";
import { writeInTurn } from "./outgoing.ts";
import { readEvent, uuidWriter } from "./read-event.ts";
import type { Reading } from "./read.ts";

/** A place of $all; `beyond` where the log has not come so far. */
export type Start = Position | "start" | "end" | "beyond";

/** Where a read of $all begins; undefined for a place within the log where no event can stand. */
export const startOf = (options: ReadOptions, head: Position): Start | undefined => {
  const { allOption = "start", position } = options.all ?? {};
  if (allOption !== "position") return allOption;
  const commitPosition = BigInt(position?.commitPosition ?? "0");
  const at = positionUpTo(commitPosition);
  if (at > head) return "beyond";
  return isPlaceOfEvent(commitPosition) ? at : undefined;
};

/** Forwards from a position inclusive, backwards exclusive; undefined: there is nothing on that side. */
const rangeOf = (start: Exclude<Start, "beyond">, isBackwards: boolean): ReadAllOptions | undefined => {
  if (isBackwards) {
    if (start === "start") return undefined;
    return start === "end" ? { direction: "backwards" } : { direction: "backwards", before: start };
  }
  if (start === "end") return undefined;
  return start === "start" ? {} : { after: start - 1n };
};

export const readAll = async ({ store, options, out }: Reading): Promise<Failure | undefined> => {
  const start = startOf(options, await store.head());
  const isBackwards = options.readDirection === "Backwards";
  if (start === "beyond" && !isBackwards) return undefined;
  if (start === undefined || start === "beyond") return unknownFailure("Unexpected ReadAllResult: Error");
  const range = rangeOf(start, isBackwards);
  const limit = Number(options.count ?? "0");
  const writeUuid = uuidWriter(options.uuidOption);
  if (range === undefined || limit === 0) return undefined;
  for await (const event of store.readAll({ ...range, limit })) {
    await writeInTurn(out, readEvent(event, writeUuid));
    if (out.signal.aborted) return undefined;
  }
  return undefined;
};
