import { Readable } from "node:stream";
import { sha256 as sha256Schema, uuid } from "@safar/contracts";
import {
  callerOf,
  parseRequest,
  ProblemError,
  readerOf,
  recordReading,
  requireReach,
  requireRole,
  type Kit,
  type ServiceDefinition,
} from "@safar/service-kit";
import { z } from "zod";
import { mediaTypeOf, SIGNATURE_BYTES } from "./media-type.ts";
import { bytesName, findEntry, writeEntry } from "./stored-files.ts";

type Doors = NonNullable<ServiceDefinition["doors"]>;
type Server = Parameters<Doors>[0];
type Request = Parameters<typeof callerOf>[0];

/** A scan of a long contract at a readable resolution; more is a photograph album. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

const SERVICE = "visa-docs";
const TAKEN = "application/pdf, image/jpeg, image/png";
const caseParams = z.object({ caseId: z.string().toLowerCase().pipe(uuid) });
const fileParams = caseParams.extend({ sha256: sha256Schema });

/** The person under whose key a case's files lie. @throws ProblemError not-found, out-of-scope */
const personWithinReach = async (kit: Kit, request: Request, caseId: string): Promise<string> => {
  const header = await kit.executor.caseHeader(caseId);
  if (header?.personId === undefined) throw new ProblemError("not-found");
  requireReach(callerOf(request), header);
  return header.personId;
};

/** Stops an upload at the limit, whatever length it was announced with. */
async function* limited(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.byteLength;
    if (size > MAX_FILE_BYTES) throw new ProblemError("body-too-large");
    yield chunk;
  }
}

/** The type that the first bytes tell, and all bytes again. @throws ProblemError unsupported-media-type */
const sniff = async (bytes: AsyncIterable<Uint8Array>) => {
  const iterator = bytes[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  while (head.reduce((sum, chunk) => sum + chunk.byteLength, 0) < SIGNATURE_BYTES) {
    const next = await iterator.next();
    if (next.done) break;
    head.push(next.value);
  }
  const mediaType = mediaTypeOf(Buffer.concat(head));
  if (!mediaType) throw new ProblemError("unsupported-media-type", { params: { expected: TAKEN } });
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { mediaType, bytes: all() };
};

/**
 * What is left of a body that is refused is read and thrown away, so that its sender hears the answer and the
 * connection ends; whoever goes on beyond the limit is cut off.
 */
const discardRest = (body: Readable): void => {
  let left = MAX_FILE_BYTES;
  body.on("data", (chunk: Uint8Array) => {
    left -= chunk.byteLength;
    if (left < 0) body.destroy();
  });
};

const store = async (kit: Kit, request: Request, body: AsyncIterable<Uint8Array>) => {
  const { caseId } = parseRequest(caseParams, request.params);
  const personId = await personWithinReach(kit, request, caseId);
  const { mediaType, bytes } = await sniff(limited(body));
  const { files } = kit.vault;
  const name = bytesName(caseId, kit.environment.random.uuid());
  const { sha256, size } = await files.write(personId, name, bytes);
  if (await findEntry(kit.vault, personId, caseId, sha256)) await files.remove(name);
  else await writeEntry(kit.vault, personId, caseId, sha256, { name, mediaType, size });
  return { caseId, answer: { sha256, size, mediaType } };
};

const upload = async (kit: Kit, request: Request) => {
  const { body } = request;
  if (!(body instanceof Readable)) throw new ProblemError("unsupported-media-type", { params: { expected: TAKEN } });
  try {
    return await store(kit, request, body.iterator({ destroyOnReturn: false }));
  } catch (error) {
    discardRest(body);
    throw error;
  }
};

/** `POST /visa-docs/cases/{caseId}/files`: the hash is the file's id, so the same sent again is the same file. */
const uploadDoor = (server: Server, kit: Kit): void => {
  server.route({
    method: "POST",
    url: `/${SERVICE}/cases/:caseId/files`,
    config: { consumes: TAKEN },
    schema: {
      operationId: `${SERVICE}.UploadFile`,
      summary: "Store the bytes of a document under the person's key; no Idempotency-Key: the hash is its id",
      tags: [SERVICE],
      params: caseParams,
      consumes: TAKEN.split(", "),
      response: { 201: z.object({ sha256: z.string(), size: z.int(), mediaType: z.string() }) },
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), SERVICE, "UploadFile");
    },
    handler: async (request, reply) => {
      const { caseId, answer } = await upload(kit, request);
      return reply.status(201).header("location", `/${SERVICE}/cases/${caseId}/files/${answer.sha256}`).send(answer);
    },
  });
};

/** `GET /visa-docs/cases/{caseId}/files/{sha256}`: the reading is on record before the first byte. */
const readDoor = (server: Server, kit: Kit): void => {
  server.route({
    method: "GET",
    url: `/${SERVICE}/cases/:caseId/files/:sha256`,
    schema: {
      operationId: `${SERVICE}.ReadFile`,
      summary: "The bytes of a document; every reading is recorded",
      tags: [SERVICE],
      params: fileParams,
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), SERVICE, "ReadFile");
    },
    handler: async (request, reply) => {
      const { caseId, sha256 } = parseRequest(fileParams, request.params);
      const personId = await personWithinReach(kit, request, caseId);
      const entry = await findEntry(kit.vault, personId, caseId, sha256);
      if (!entry) throw new ProblemError("not-found");
      await recordReading(kit, readerOf(request, `${SERVICE}.ReadFile`), caseId, [`/files/${sha256}`]);
      return reply
        .type(entry.mediaType)
        .header("content-length", entry.size)
        .header("content-disposition", `attachment; filename="${sha256}"`)
        .header("cache-control", "no-store")
        .header("x-content-type-options", "nosniff")
        .send(Readable.from(kit.vault.files.read(personId, entry.name), { objectMode: false }));
    },
  });
};

/** Files come as they are, so this door has parsers of its own that leave the stream alone. */
export const fileDoors: Doors = async (server, { kit }) => {
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", (_request, payload, done) => {
      done(null, payload);
    });
    uploadDoor(scope, kit);
    readDoor(scope, kit);
  });
};
