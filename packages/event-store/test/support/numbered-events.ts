import { createHash } from "node:crypto";
import { deriveUuid, SAFAR_NAMESPACE } from "@safar/kernel";
import type { EventToAppend } from "../../src/index.ts";

/** Appends that are on their way at the same time. */
export const WRITERS = 24;

/** Large enough that a commit takes its time: then some are under way when the process is killed. */
const BYTES = 4_096;

const bytesOf = (...parts: readonly unknown[]): Uint8Array =>
  createHash("shake256", { outputLength: BYTES }).update(parts.join()).digest();

/** The event that stands at a revision of a stream: the same for whoever works it out. */
export const numberedEvent = (stream: string, revision: number): EventToAppend => ({
  id: deriveUuid(SAFAR_NAMESPACE, stream, String(revision)),
  type: "Numbered",
  data: bytesOf(stream, revision, "data"),
  metadata: bytesOf(stream, revision, "metadata"),
});

/** One to three events, which are appended together. */
export const numberedEvents = (stream: string, first: number): EventToAppend[] =>
  Array.from({ length: 1 + (first % 3) }, (_, index) => numberedEvent(stream, first + index));
