import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import type { Teardown } from "../teardown.ts";
import { openBucket, type Bucket } from "./bucket.ts";
import { S3Error } from "./errors.ts";
import { answer, operationOf, sendError, type S3Request } from "./operations.ts";
import { checkSignature, type S3Credentials } from "./signature.ts";

export type { S3Request } from "./operations.ts";

/** A stand-in for an S3-compatible store: it checks signatures and multipart rules, on loopback, over a folder. */
export interface S3Server {
  /** As `FILES_URL` takes it, with the credentials in it. */
  readonly url: string;
  readonly bucket: Bucket;
  /** Called for each request before it is carried out: may wait, or throw to cut the connection. */
  onRequest: ((request: S3Request) => Promise<void> | void) | undefined;
  /** Cuts every connection. */
  stop(): Promise<void>;
  /** At the same address, with what was stored. */
  start(): Promise<void>;
}

const CREDENTIALS: S3Credentials = { key: "SAFARTESTKEY", secret: "secret/of+tests", region: "tashkent" };
const BUCKET = "safar-files";
/** More than a part has; a body beyond it is a mistake. */
const MAX_BODY_BYTES = 64 * 1_024 * 1_024;

export interface S3Options {
  /** Where the objects lie, and stay. Default: a temporary folder. */
  readonly folder?: string;
  readonly port?: number;
  readonly credentials?: S3Credentials;
}

export const startS3 = async (t: Teardown, options: S3Options = {}): Promise<S3Server> => {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "safar-s3-")));
  await mkdir(folder, { recursive: true });
  const bucket = await openBucket(folder);
  const port = options.port ?? (await freePort());
  const credentials = options.credentials ?? CREDENTIALS;
  const { key, secret, region } = credentials;
  const url = `http://${key}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${BUCKET}?region=${region}`;
  const running: { server?: Server } = {};

  const stop = async (): Promise<void> => {
    const { server } = running;
    delete running.server;
    if (!server) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const start = async (): Promise<void> => {
    const server = createServer((request, response) => void handle(s3, credentials, request, response));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    running.server = server;
  };
  const s3: S3Server = { url, bucket, onRequest: undefined, stop, start };
  t.teardown(async () => {
    await stop();
    if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
  });
  await start();
  return s3;
};

const handle = async (
  s3: S3Server,
  credentials: S3Credentials,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  try {
    const body = await bodyOf(request);
    checkSignature(request, body, credentials);
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://host");
    const [, bucket, ...rest] = pathname.split("/");
    if (bucket !== BUCKET) throw new S3Error("NoSuchBucket", 404);
    const key = rest.map(decodeURIComponent).join("/");
    const operation = operationOf(request.method ?? "", key, query);
    const asked: S3Request = { operation, key, query, range: request.headers.range, body };
    await s3.onRequest?.(asked);
    await answer(s3.bucket, asked, response);
  } catch (error) {
    if (error instanceof S3Error) sendError(response, error);
    else response.destroy();
  }
};

const bodyOf = async (request: IncomingMessage): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) throw new S3Error("EntityTooLarge", 400);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};
