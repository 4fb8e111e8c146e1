import { mediaTypeOfDocument } from "@safar/contracts";
import type { CommandEdge } from "@safar/service-kit";
import { z } from "zod";
import type { StoredFile } from "../domain/dossier/commands.ts";

type Vault = CommandEdge["vault"];

/** Where the bytes lie, and what they are. It is written after them, so that what it names is whole. */
const entrySchema = z.strictObject({
  name: z.string(),
  mediaType: mediaTypeOfDocument,
  size: z.int(),
});
export type FileEntry = z.infer<typeof entrySchema>;

/** A case's file by its hash. The bytes lie under a name of their own, since it is told only when all have come. */
const entryName = (caseId: string, sha256: string): string => `visaDocs-${caseId}-${sha256}`;
export const bytesName = (caseId: string, uploadId: string): string => `visaDocs-${caseId}-bytes-${uploadId}`;

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

export const writeEntry = async (
  vault: Vault,
  personId: string,
  caseId: string,
  sha256: string,
  entry: FileEntry,
): Promise<void> => {
  await vault.files.write(personId, entryName(caseId, sha256), bytesOf(JSON.stringify(entry)));
};

/** Undefined where the case has no such file. */
export const findEntry = async (
  vault: Vault,
  personId: string,
  caseId: string,
  sha256: string,
): Promise<FileEntry | undefined> => {
  const name = entryName(caseId, sha256);
  if (!(await vault.files.has(name))) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of vault.files.read(personId, name)) chunks.push(chunk);
  return entrySchema.parse(JSON.parse(Buffer.concat(chunks).toString("utf8")));
};

/** What a command may say of an uploaded file. */
export const storedFileOf = async (
  edge: CommandEdge,
  caseId: string,
  sha256: string,
): Promise<StoredFile | undefined> => {
  const personId = (await edge.headerOf(caseId))?.personId;
  const entry = personId === undefined ? undefined : await findEntry(edge.vault, personId, caseId, sha256);
  return entry && { mediaType: entry.mediaType, size: entry.size };
};
