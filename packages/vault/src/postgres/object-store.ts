import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { VaultNotOpened, VaultUnavailable } from "../port.ts";
import type { FilesAddress } from "./address.ts";
import { MAX_FILES_AT_ONCE, MAX_STORE_TRIES, STORE_ANSWER_LIMIT, STORE_CONNECTION_LIMIT } from "./limits.ts";
import { described, onStore, statusOf, type Place } from "./on-store.ts";
import { abortUploads, upload } from "./upload.ts";

/** The S3-compatible store, as far as the vault uses it. Objects are named by the vault, and never written twice. */
export interface ObjectStore {
  /** All or nothing, in parts; no more than two of them stand in memory. @throws VaultUnavailable */
  write(object: string, pieces: AsyncIterable<Uint8Array>): Promise<void>;
  /** So many bytes from an offset, or fewer at the end; undefined where there is no such object. */
  read(object: string, offset: number, length: number): Promise<StoredBytes | undefined>;
  /** Removing what is not there is no error. `uploaded`: parts of an upload that was never completed go too. */
  remove(object: string, uploaded: boolean): Promise<void>;
  /** The names of all objects, in their order. */
  list(): AsyncIterable<string>;
  close(): void;
}

export interface StoredBytes {
  readonly bytes: Uint8Array;
  /** Of the whole object. */
  readonly size: number;
}

const clientOf = ({ endpoint, region, credentials }: FilesAddress): S3Client =>
  new S3Client({
    endpoint,
    region,
    credentials,
    forcePathStyle: true,
    maxAttempts: MAX_STORE_TRIES,
    // Many stores do not know the newer checksums; every chunk of a file proves itself when it is opened.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: STORE_CONNECTION_LIMIT,
      requestTimeout: STORE_ANSWER_LIMIT,
      socketTimeout: STORE_ANSWER_LIMIT,
      throwOnRequestTimeout: true,
      httpAgent: { maxSockets: MAX_FILES_AT_ONCE },
      httpsAgent: { maxSockets: MAX_FILES_AT_ONCE },
    },
  });

/** Also tries whether the store lets us in. @throws VaultNotOpened, VaultUnavailable */
export const openObjectStore = async (address: FilesAddress): Promise<ObjectStore> => {
  const client = clientOf(address);
  const place: Place = { client, bucket: address.bucket, prefix: address.prefix };
  try {
    await client.send(new ListObjectsV2Command({ Bucket: place.bucket, Prefix: place.prefix, MaxKeys: 1 }));
  } catch (error) {
    client.destroy();
    throw whyNotOpened(error, address);
  }
  return {
    write: (object, pieces) => upload(place, place.prefix + object, pieces),
    read: (object, offset, length) => onStore(() => readPart(place, object, offset, length)),
    remove: (object, uploaded) => onStore(() => remove(place, object, uploaded)),
    list: () => list(place),
    close: () => client.destroy(),
  };
};

const whyNotOpened = (error: unknown, { bucket }: FilesAddress): Error => {
  const status = statusOf(error);
  if (status === undefined || status >= 500 || status === 429) {
    return new VaultUnavailable("storage", `the vault's file store fails: ${described(error)}`);
  }
  const why = status === 404 ? `there is no bucket ${bucket}` : `the file store refuses us: ${described(error)}`;
  return new VaultNotOpened("refused", `FILES_URL: ${why}`);
};

const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && error.name === "NoSuchKey";

const readPart = async (
  { client, bucket, prefix }: Place,
  object: string,
  offset: number,
  length: number,
): Promise<StoredBytes | undefined> => {
  const input = { Bucket: bucket, Key: prefix + object, Range: `bytes=${offset}-${offset + length - 1}` };
  try {
    const { Body, ContentRange } = await client.send(new GetObjectCommand(input));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    return { bytes, size: sizeIn(ContentRange) };
  } catch (error) {
    if (isMissing(error)) return undefined;
    // It ends before the offset: cut short, or empty.
    if (statusOf(error) === 416) return { bytes: new Uint8Array(), size: offset };
    throw error;
  }
};

const sizeIn = (contentRange: string | undefined): number => {
  const size = Number(/\/(\d+)$/.exec(contentRange ?? "")?.[1] ?? NaN);
  if (Number.isNaN(size)) throw new Error("the file store does not answer a range with a range");
  return size;
};

const remove = async (place: Place, object: string, uploaded: boolean): Promise<void> => {
  const key = place.prefix + object;
  if (uploaded) await abortUploads(place, key);
  await place.client.send(new DeleteObjectCommand({ Bucket: place.bucket, Key: key }));
};

async function* list({ client, bucket, prefix }: Place): AsyncGenerator<string> {
  let token: string | undefined;
  do {
    const input = { Bucket: bucket, Prefix: prefix, ContinuationToken: token };
    const page = await onStore(() => client.send(new ListObjectsV2Command(input)));
    for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key.slice(prefix.length);
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
