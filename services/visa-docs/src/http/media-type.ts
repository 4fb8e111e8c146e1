import type { StoredFile } from "../domain/dossier/commands.ts";

type MediaType = StoredFile["mediaType"];

/** First bytes of what a dossier takes. What a client calls its file is not believed. */
const SIGNATURES: readonly (readonly [MediaType, readonly number[]])[] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
];

/** As many bytes as the longest signature has. */
export const SIGNATURE_BYTES = 8;

/** Undefined for whatever else it is. */
export const mediaTypeOf = (start: Uint8Array): MediaType | undefined =>
  SIGNATURES.find(([, bytes]) => bytes.every((byte, index) => start[index] === byte))?.[0];
