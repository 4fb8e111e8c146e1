import { crc32 } from "node:zlib";

/** Fixed for ever: order is kept within a partition, so a case never changes its own (interface.md, NATS). */
export const PARTITIONS = 16;

/** CRC-32 of the case id in lower case, or without a case of the id in the stream's name, modulo 16. */
export const partitionOf = (event: { readonly caseId?: string | undefined; readonly streamId: string }): number =>
  crc32((event.caseId ?? event.streamId).toLowerCase()) % PARTITIONS;
