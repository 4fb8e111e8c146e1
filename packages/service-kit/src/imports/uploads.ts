import { FileTooLarge, VaultUnavailable } from "@safar/vault";
import { malformedBody } from "../http/body-faults.ts";
import { ProblemError } from "../http/problem.ts";
import { FAULT_SENTENCES, LIST_LIMITS, ListRefused, readList } from "../lists/index.ts";
import type { Kit } from "../runtime/kit.ts";
import type { ImportLog } from "./import-log.ts";
import type { AnyImportKind } from "./kind.ts";
import { MAX_LIST_BYTES } from "./limits.ts";
import { readAlong } from "./read-along.ts";

/** Of the list's own key, which is destroyed when the import ends; and the name of its file. */
export const uploadSubject = (uploadId: string): string => `import-upload-${uploadId}`;

export interface StoredList {
  readonly sha256: string;
  readonly size: number;
  readonly rows: number;
}

async function* bounded(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) throw new ProblemError("body-too-large");
    yield chunk;
  }
}

/** Reads every row, so that a list which is accepted can be read to its end. @throws ListRefused */
const countRows = async (bytes: AsyncIterable<Uint8Array>, columns: readonly string[]): Promise<number> => {
  let rows = 0;
  for await (const { row } of readList(bytes, columns, LIST_LIMITS)) rows = row;
  return rows;
};

/** What broke an upload off, as the sender is told it. */
const problemOf = (error: unknown): unknown => {
  if (error instanceof ListRefused) {
    const { code, line, params } = error.fault;
    const errors = [{ pointer: `/lines/${line}`, code, params, detail: FAULT_SENTENCES[code] }];
    return new ProblemError(code, { params, errors });
  }
  if (error instanceof FileTooLarge) return new ProblemError("body-too-large");
  if (error instanceof VaultUnavailable) return new ProblemError("vault-unavailable", { retryAfter: 5, cause: error });
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ECONNRESET" || code === "ERR_STREAM_PREMATURE_CLOSE") return malformedBody("broken-off", error);
  return error;
};

export const createUploads = (kit: Kit, kind: AnyImportKind, log: ImportLog) => {
  /** Its key, and with it the file. What fails here is done by the sweep. */
  const erase = async (uploadId: string): Promise<void> => {
    await kit.vault.destroyKey(uploadSubject(uploadId));
    await log.record(uploadId, { type: "EraseUpload" });
  };

  return {
    erase,

    /**
     * Takes a list in one pass: encrypted into the vault, hashed, and read to its end. Durable before it resolves;
     * nothing is left of a list that is refused.
     * @throws ProblemError
     */
    async take(uploadId: string, body: AsyncIterable<Uint8Array>): Promise<StoredList> {
      await log.record(uploadId, { type: "BeginUpload", kind: kind.name });
      try {
        const { bytes, result } = readAlong(bounded(body), (copy) => countRows(copy, kind.columns));
        const subject = uploadSubject(uploadId);
        const { sha256, size } = await kit.vault.files.write(subject, subject, bytes);
        return { sha256, size, rows: await result };
      } catch (error) {
        await erase(uploadId).catch((left: unknown) => {
          kit.log.warn({ err: left, uploadId }, "a refused upload could not be erased yet; the next sweep does it");
        });
        throw problemOf(error);
      }
    },

    read: (uploadId: string): AsyncIterable<Uint8Array> =>
      kit.vault.files.read(uploadSubject(uploadId), uploadSubject(uploadId)),

    async isErased(uploadId: string): Promise<boolean> {
      return (await kit.vault.findKey(uploadSubject(uploadId))) === "destroyed";
    },
  };
};
export type Uploads = ReturnType<typeof createUploads>;
