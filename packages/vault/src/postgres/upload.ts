import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
} from "@aws-sdk/client-s3";
import { PART_BYTES } from "./limits.ts";
import { onStore, type Place } from "./on-store.ts";

/** What fits into one part is put as it is, the rest in parts; an object appears whole, with the last request. */
export const upload = async (place: Place, key: string, pieces: AsyncIterable<Uint8Array>): Promise<void> => {
  let parts: Parts | undefined;
  try {
    for await (const { bytes, last } of partsOf(pieces)) {
      if (last && !parts) {
        await put(place, key, bytes);
        return;
      }
      parts ??= await beginParts(place, key);
      await parts.add(bytes);
    }
    await parts?.complete();
  } catch (error) {
    await parts?.abort().catch(() => undefined);
    throw error;
  }
};

/** Gathers pieces into parts of one size; the last one is what is left, and may be empty only if it is the first. */
async function* partsOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Uint8Array; last: boolean }> {
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    if (size >= PART_BYTES) {
      yield { bytes: Buffer.concat(gathered), last: false };
      gathered = [];
      size = 0;
    }
    gathered.push(piece);
    size += piece.length;
  }
  yield { bytes: Buffer.concat(gathered), last: true };
}

const put = async ({ client, bucket }: Place, key: string, bytes: Uint8Array): Promise<void> => {
  await onStore(() => client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: bytes })));
};

interface Parts {
  add(bytes: Uint8Array): Promise<void>;
  complete(): Promise<void>;
  abort(): Promise<void>;
}

const beginParts = async ({ client, bucket }: Place, key: string): Promise<Parts> => {
  const where = { Bucket: bucket, Key: key };
  const { UploadId } = await onStore(() => client.send(new CreateMultipartUploadCommand(where)));
  const done: CompletedPart[] = [];
  return {
    async add(bytes) {
      const PartNumber = done.length + 1;
      const input = { ...where, UploadId, PartNumber, Body: bytes };
      const { ETag } = await onStore(() => client.send(new UploadPartCommand(input)));
      done.push({ PartNumber, ETag });
    },
    async complete() {
      const input = { ...where, UploadId, MultipartUpload: { Parts: done } };
      await onStore(() => client.send(new CompleteMultipartUploadCommand(input)));
    },
    async abort() {
      await client.send(new AbortMultipartUploadCommand({ ...where, UploadId }));
    },
  };
};

/** What a process that died has left of an upload lies in the store unseen, and is paid for. */
export const abortUploads = async ({ client, bucket }: Place, key: string): Promise<void> => {
  const { Uploads } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, Prefix: key }));
  for (const { Key, UploadId } of Uploads ?? []) {
    if (Key === key) await client.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
};
