import { createHash, randomBytes } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createReadStream } from "node:fs";
import { S3Error } from "./errors.ts";

export interface Part {
  readonly number: number;
  readonly etag: string;
}

/** What a bucket does, over a folder: an object appears whole or not at all. */
export interface Bucket {
  put(key: string, bytes: Uint8Array): Promise<string>;
  sizeOf(key: string): Promise<number | undefined>;
  read(key: string, start: number, end: number): Promise<Uint8Array>;
  remove(key: string): Promise<void>;
  keys(): Promise<readonly string[]>;
  createUpload(key: string): Promise<string>;
  putPart(upload: string, key: string, number: number, bytes: Uint8Array): Promise<string>;
  complete(upload: string, key: string, parts: readonly Part[]): Promise<void>;
  abort(upload: string, key: string): Promise<void>;
  uploads(): Promise<readonly { readonly upload: string; readonly key: string }[]>;
}

/** S3's own: every part but the last has at least so much. */
const MIN_PART_BYTES = 5 * 1_024 * 1_024;

const etagOf = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex");

/** A flat folder: a key's file is its hexadecimal name. */
const fileOf = (key: string): string => Buffer.from(key).toString("hex");

export const openBucket = async (folder: string): Promise<Bucket> => {
  const objects = join(folder, "objects");
  const unfinished = join(folder, "uploads");
  for (const path of [objects, unfinished]) await mkdir(path, { recursive: true });
  const pathOf = (key: string): string => join(objects, fileOf(key));
  const partial = (): string => join(folder, randomBytes(8).toString("hex"));
  return {
    async put(key, bytes) {
      const path = partial();
      await writeFile(path, bytes);
      await rename(path, pathOf(key));
      return etagOf(bytes);
    },
    async sizeOf(key) {
      return (await stat(pathOf(key)).catch(() => undefined))?.size;
    },
    async read(key, start, end) {
      const handle = await open(pathOf(key), "r");
      try {
        const buffer = new Uint8Array(end - start);
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, start);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    async keys() {
      return (await readdir(objects)).map((name) => Buffer.from(name, "hex").toString()).sort();
    },
    ...multipart(unfinished, async (key, pieces) => {
      const path = partial();
      await pipeline(pieces, createWriteStream(path));
      await rename(path, pathOf(key));
    }),
  };
};

type Multipart = Pick<Bucket, "createUpload" | "putPart" | "complete" | "abort" | "uploads">;

const multipart = (
  unfinished: string,
  putPieces: (key: string, pieces: AsyncIterable<Uint8Array>) => Promise<void>,
): Multipart => {
  const folderOf = (upload: string, key: string): string => join(unfinished, `${upload}.${fileOf(key)}`);
  const checkUpload = async (upload: string, key: string): Promise<string> => {
    const folder = folderOf(upload, key);
    if (!/^[0-9a-f]+$/.test(upload) || !(await stat(folder).catch(() => undefined))) {
      throw new S3Error("NoSuchUpload", 404);
    }
    return folder;
  };
  return {
    async createUpload(key) {
      const upload = randomBytes(16).toString("hex");
      await mkdir(folderOf(upload, key));
      return upload;
    },
    async putPart(upload, key, number, bytes) {
      await writeFile(join(await checkUpload(upload, key), String(number)), bytes);
      return etagOf(bytes);
    },
    async complete(upload, key, parts) {
      const folder = await checkUpload(upload, key);
      await checkParts(folder, parts);
      async function* pieces(): AsyncGenerator<Uint8Array> {
        for (const { number } of parts) yield* createReadStream(join(folder, String(number)));
      }
      await putPieces(key, pieces());
      await rm(folder, { recursive: true });
    },
    async abort(upload, key) {
      await rm(await checkUpload(upload, key), { recursive: true, force: true });
    },
    async uploads() {
      return (await readdir(unfinished)).map((name) => {
        const [upload = "", file = ""] = name.split(".");
        return { upload, key: Buffer.from(file, "hex").toString() };
      });
    },
  };
};

const checkParts = async (folder: string, parts: readonly Part[]): Promise<void> => {
  if (parts.length === 0) throw new S3Error("MalformedXML", 400);
  for (const [index, { number, etag }] of parts.entries()) {
    if (number <= (parts[index - 1]?.number ?? 0)) throw new S3Error("InvalidPartOrder", 400);
    const bytes = await readFile(join(folder, String(number))).catch(() => undefined);
    if (!bytes || etagOf(bytes) !== etag) throw new S3Error("InvalidPart", 400);
    if (index < parts.length - 1 && bytes.length < MIN_PART_BYTES) throw new S3Error("EntityTooSmall", 400);
  }
};
