import type { StreamIdentifier } from "./protocol/messages.ts";

/** Names travel as UTF-8 bytes. */
export const streamNameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.streamName ?? []).toString("utf8");

export const streamIdentifier = (stream: string): StreamIdentifier => ({ streamName: Buffer.from(stream, "utf8") });
