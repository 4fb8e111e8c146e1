import { isUuid } from "@safar/kernel";

/** The 16 bytes of a UUID; undefined for another id. */
export const uuidToBytes = (id: string): Uint8Array | undefined =>
  isUuid(id) ? new Uint8Array(Buffer.from(id.replaceAll("-", ""), "hex")) : undefined;

export const bytesToUuid = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
