import type { ServerResponse } from "node:http";
import type { Bucket, Part } from "./bucket.ts";
import { S3Error } from "./errors.ts";

/** One request, already authenticated. */
export interface S3Request {
  /** As S3's reference calls it. */
  readonly operation: Operation;
  /** Empty where the bucket itself is meant. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly body: Uint8Array;
}

type Operation =
  | "AbortMultipartUpload"
  | "CompleteMultipartUpload"
  | "CreateMultipartUpload"
  | "DeleteObject"
  | "GetObject"
  | "HeadBucket"
  | "HeadObject"
  | "ListMultipartUploads"
  | "ListObjectsV2"
  | "PutObject"
  | "UploadPart";

/** @throws S3Error for what is not spoken here */
export const operationOf = (method: string, key: string, query: URLSearchParams): Operation => {
  const operations: Readonly<Record<string, Operation>> = {
    "DELETE object": "DeleteObject",
    "DELETE object uploadId": "AbortMultipartUpload",
    "GET bucket list-type": "ListObjectsV2",
    "GET bucket uploads": "ListMultipartUploads",
    "GET object": "GetObject",
    "HEAD bucket": "HeadBucket",
    "HEAD object": "HeadObject",
    "POST object uploadId": "CompleteMultipartUpload",
    "POST object uploads": "CreateMultipartUpload",
    "PUT object": "PutObject",
    "PUT object uploadId": "UploadPart",
  };
  const asked = ["uploadId", "uploads", "list-type"].filter((name) => query.has(name));
  const operation = operations[[method, key === "" ? "bucket" : "object", ...asked].join(" ")];
  if (!operation) throw new S3Error("NotImplemented", 501);
  return operation;
};

/** Far more than a test stores under one prefix; small, so that paging is tried too. */
const PAGE_KEYS = 100;

const xml = (response: ServerResponse, name: string, content: string): void => {
  response.setHeader("content-type", "application/xml");
  response.end(`<?xml version="1.0" encoding="UTF-8"?><${name}>${content}</${name}>`);
};

export const sendError = (response: ServerResponse, error: S3Error): void => {
  response.statusCode = error.status;
  xml(response, "Error", `<Code>${error.code}</Code><Message>${error.code}</Message>`);
};

/** @throws S3Error */
export const answer = async (bucket: Bucket, request: S3Request, response: ServerResponse): Promise<void> => {
  const { operation, key, query, body } = request;
  const upload = query.get("uploadId") ?? "";
  switch (operation) {
    case "PutObject":
      response.setHeader("etag", `"${await bucket.put(key, body)}"`).end();
      return;
    case "UploadPart":
      response.setHeader("etag", `"${await bucket.putPart(upload, key, partNumber(query), body)}"`).end();
      return;
    case "CreateMultipartUpload":
      xml(response, "InitiateMultipartUploadResult", `<UploadId>${await bucket.createUpload(key)}</UploadId>`);
      return;
    case "CompleteMultipartUpload":
      await bucket.complete(upload, key, partsIn(body));
      xml(response, "CompleteMultipartUploadResult", `<Key>${key}</Key>`);
      return;
    case "AbortMultipartUpload":
      await bucket.abort(upload, key);
      response.writeHead(204).end();
      return;
    case "DeleteObject":
      await bucket.remove(key);
      response.writeHead(204).end();
      return;
    case "GetObject":
    case "HeadObject":
      await sendObject(bucket, request, response);
      return;
    case "HeadBucket":
      response.end();
      return;
    case "ListObjectsV2":
      await sendKeys(bucket, query, response);
      return;
    case "ListMultipartUploads":
      await sendUploads(bucket, query, response);
  }
};

const partNumber = (query: URLSearchParams): number => {
  const number = Number(query.get("partNumber"));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) throw new S3Error("InvalidArgument", 400);
  return number;
};

const partsIn = (body: Uint8Array): readonly Part[] =>
  [
    ...Buffer.from(body)
      .toString()
      .matchAll(/<Part>(.*?)<\/Part>/gs),
  ].map(([, part = ""]) => ({
    number: Number(/<PartNumber>(\d+)</.exec(part)?.[1]),
    etag: /<ETag>(?:"|&quot;)?([0-9a-f]{32})/.exec(part)?.[1] ?? "",
  }));

const RANGE = /^bytes=(\d+)-(\d*)$/;

const sendObject = async (
  bucket: Bucket,
  { key, range, operation }: S3Request,
  response: ServerResponse,
): Promise<void> => {
  const size = await bucket.sizeOf(key);
  if (size === undefined) throw new S3Error("NoSuchKey", 404);
  const [, from, to] = RANGE.exec(range ?? "") ?? [];
  const start = Number(from ?? 0);
  if (from !== undefined && start >= size) throw new S3Error("InvalidRange", 416);
  const end = Math.min(size, to === undefined || to === "" ? size : Number(to) + 1);
  if (from !== undefined) {
    response.statusCode = 206;
    response.setHeader("content-range", `bytes ${start}-${end - 1}/${size}`);
  }
  response.setHeader("content-length", end - start);
  response.end(operation === "HeadObject" ? undefined : await bucket.read(key, start, end));
};

const sendKeys = async (bucket: Bucket, query: URLSearchParams, response: ServerResponse): Promise<void> => {
  const after = query.get("continuation-token") ?? query.get("start-after") ?? "";
  const prefix = query.get("prefix") ?? "";
  const keys = (await bucket.keys()).filter((key) => key.startsWith(prefix) && key > after);
  const page = keys.slice(0, PAGE_KEYS);
  const more = keys.length > page.length;
  const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : "";
  xml(response, "ListBucketResult", `${contents}<IsTruncated>${more}</IsTruncated>${next}`);
};

const sendUploads = async (bucket: Bucket, query: URLSearchParams, response: ServerResponse): Promise<void> => {
  const found = (await bucket.uploads()).filter(({ key }) => key.startsWith(query.get("prefix") ?? ""));
  const uploads = found.map(({ key, upload }) => `<Upload><Key>${key}</Key><UploadId>${upload}</UploadId></Upload>`);
  xml(response, "ListMultipartUploadsResult", `${uploads.join("")}<IsTruncated>false</IsTruncated>`);
};
