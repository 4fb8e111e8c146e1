import { Readable } from "node:stream";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { deriveUuid, SAFAR_NAMESPACE, tashkentDate } from "@safar/kernel";
import { reaches, requireRole } from "../auth/scope.ts";
import { parseRequest } from "../http/field-errors.ts";
import { languageOf } from "../http/language.ts";
import { ProblemError } from "../http/problem.ts";
import { actorOf, callerOf } from "../http/request-context.ts";
import { readerOf, recordReading } from "../http/show.ts";
import type { ServiceRuntime } from "../runtime/service-runtime.ts";
import type { Caller } from "../service/caller.ts";
import { importAnswer, rowAnswer, summaryOf } from "./answers.ts";
import { createImportLog, type ImportState } from "./import-log.ts";
import { importsTable } from "./imports-table.ts";
import { writeJsonLines } from "./json-lines.ts";
import { createKeptRows } from "./kept-rows.ts";
import type { AnyImportKind } from "./kind.ts";
import { KEEP_ROWS_DAYS, MAX_LIST_BYTES, MAX_UPLOADS_AT_ONCE } from "./limits.ts";
import type { ImportTools } from "./run-import.ts";
import { startImportRunner, type ImportRunner } from "./runner.ts";
import { createUploads } from "./uploads.ts";

/** Who may see the imports of every unit; anyone else only those of the own one. */
const SEE_EVERY_IMPORT: readonly Caller["role"][] = ["auditor", "compliance"];

const CSV = "text/csv";
const asOfQuery = z.strictObject({ asOf: z.iso.date().optional() });
const idParams = z.object({ id: z.string().toLowerCase().pipe(z.uuid()) });

type Received = NonNullable<ImportState["received"]>;

/** The same list sent again by the same unit is the same import. */
const importIdOf = ({ kind, unit, asOf, sha256 }: Pick<Received, "kind" | "unit" | "asOf" | "sha256">): string =>
  deriveUuid(SAFAR_NAMESPACE, "import", kind, unit ?? "", asOf, sha256);

/**
 * The body as it comes. Where it is left early, the rest is read and thrown away: the answer has to reach the sender,
 * and the connection's next request has to be heard.
 */
async function* bytesOf(body: Readable): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  } finally {
    body.resume();
  }
}

/** @throws ProblemError where it is no list, or says that it is too large */
const listIn = ({ body, headers }: FastifyRequest): AsyncIterable<Uint8Array> => {
  if (!(body instanceof Readable)) throw new ProblemError("unsupported-media-type", { params: { expected: CSV } });
  if (Number(headers["content-length"]) > MAX_LIST_BYTES) throw new ProblemError("body-too-large");
  return bytesOf(body);
};

/** `POST /{service}/imports`: 202 once the whole list is durable. */
const createReceiver = (tools: ImportTools, runner: ImportRunner) => {
  const { kit, service, kind, log, uploads } = tools;
  let underWay = 0;

  const receive = async (request: FastifyRequest, asOf: string): Promise<string> => {
    const caller = callerOf(request);
    const uploadId = kit.environment.random.uuid();
    const { sha256, size, rows } = await uploads.take(uploadId, listIn(request));
    const unit = caller.unit === undefined ? {} : { unit: caller.unit };
    const received: Received = { kind: kind.name, uploadId, ...unit, asOf, sha256, bytes: size, rows };
    const importId = importIdOf(received);
    const recorded = await log.record(
      importId,
      { type: "Receive", received },
      { actor: actorOf(caller), header: unit, attempt: uploadId },
    );
    // It is at work already, or done: one copy of the list is enough.
    if (recorded !== "recorded") await uploads.erase(uploadId);
    runner.submit(importId);
    return importId;
  };

  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const { asOf = tashkentDate(kit.environment.clock.now()) } = parseRequest(asOfQuery, request.query);
    if (underWay >= MAX_UPLOADS_AT_ONCE) throw new ProblemError("too-many-requests", { retryAfter: 5 });
    underWay += 1;
    try {
      const id = await receive(request, asOf);
      const { state } = await log.load(id);
      return await reply.status(202).header("location", `/${service}/imports/${id}`).send(summaryOf(id, state));
    } finally {
      underWay -= 1;
    }
  };
};

/** What may be seen of an import, by its own unit and by those who see all. */
const createViews = ({ kit, service, kind, log, keptRows }: ImportTools) => {
  const seen = async (request: FastifyRequest): Promise<{ readonly id: string; readonly state: ImportState }> => {
    const { id } = parseRequest(idParams, request.params);
    const { state } = await log.load(id);
    if (state.received?.kind !== kind.name) throw new ProblemError("not-found");
    const caller = callerOf(request);
    if (!SEE_EVERY_IMPORT.includes(caller.role) && caller.unit !== state.received.unit)
      throw new ProblemError("out-of-scope", { params: { role: caller.role, scope: "ownUnit" } });
    return { id, state };
  };
  const languageFor = (request: FastifyRequest) => languageOf(request.headers["accept-language"]);

  const mayName = async (caller: Caller, duplicateOf: string | undefined): Promise<boolean> => {
    if (duplicateOf === undefined || !kind.headerOf) return true;
    const header = await kind.headerOf(duplicateOf, kit);
    return header !== undefined && reaches(caller, header);
  };

  return {
    summary: async (request: FastifyRequest, reply: FastifyReply) => {
      const { id, state } = await seen(request);
      return reply.send(summaryOf(id, state));
    },

    rows: async (request: FastifyRequest, reply: FastifyReply) => {
      const { id } = await seen(request);
      const caller = callerOf(request);
      const language = languageFor(request);
      async function* lines(): AsyncGenerator<unknown, void, void> {
        for await (const judged of log.judgedRows(id))
          yield rowAnswer(judged, kind.sentences, language, await mayName(caller, judged.duplicateOf));
      }
      return reply.type("application/x-ndjson; charset=utf-8").send(Readable.from(writeJsonLines(lines())));
    },

    rowsToCorrect: async (request: FastifyRequest, reply: FastifyReply) => {
      const { id, state } = await seen(request);
      if (state.phase !== "done") throw new ProblemError("import-not-finished", { params: { state: state.phase } });
      if (state.rowsErased || !(await keptRows.has(id)))
        throw new ProblemError("import-rows-erased", { params: { days: KEEP_ROWS_DAYS } });
      const fields = kind.personalColumns.map((column) => `/rows/${column}`);
      await recordReading(kit, readerOf(request, `${service}.ReadImport`), id, fields);
      return reply
        .type(`${CSV}; charset=utf-8`)
        .header("content-disposition", `attachment; filename="${kind.name}-${id}.csv"`)
        .header("cache-control", "no-store")
        .send(Readable.from(keptRows.csv(id, languageFor(request))));
    },
  };
};

/** The doors of lists: what interface.md, "Lists in", fixes, for any kind of list. */
export const importDoors =
  (kind: AnyImportKind) =>
  async (server: FastifyInstance, runtime: ServiceRuntime): Promise<void> => {
    const { kit, readModel, definition } = runtime;
    const service = definition.name;
    const log = createImportLog(kit, service);
    const uploads = createUploads(kit, kind, log);
    const tools: ImportTools = { kit, service, readModel, kind, log, uploads, keptRows: createKeptRows(kit, kind) };
    const runner = startImportRunner(tools, importsTable(service), runtime.ready);
    const receive = createReceiver(tools, runner);
    const views = createViews(tools);
    const path = `/${service}/imports`;
    const mayRead = async (request: FastifyRequest): Promise<void> => {
      requireRole(callerOf(request), service, "ReadImport");
    };
    const schema = (name: string, summary: string) => ({ operationId: `${service}.${name}`, summary, tags: [service] });

    server.addHook("onClose", () => runner.stop());
    // A scope of its own: nowhere else is a list a body, and here nothing else is.
    await server.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(CSV, (_request, payload, done) => {
        done(null, payload);
      });
      scope.route({
        method: "POST",
        url: path,
        bodyLimit: MAX_LIST_BYTES,
        config: { consumes: CSV },
        schema: {
          ...schema(kind.command, kind.summary),
          consumes: [CSV],
          querystring: asOfQuery,
          response: { 202: importAnswer },
        },
        onRequest: async (request) => {
          requireRole(callerOf(request), service, kind.command);
        },
        handler: (request, reply) => receive(request, reply),
      });
    });
    server.route({
      method: "GET",
      url: `${path}/:id`,
      schema: { ...schema("ReadImport", "How far a list has come"), params: idParams, response: { 200: importAnswer } },
      onRequest: mayRead,
      handler: views.summary,
    });
    server.route({
      method: "GET",
      url: `${path}/:id/rows`,
      schema: { ...schema("ReadImportRows", "What became of each row, as JSON lines"), params: idParams },
      onRequest: mayRead,
      handler: views.rows,
    });
    server.route({
      method: "GET",
      url: `${path}/:id/rows.csv`,
      schema: {
        ...schema("ReadImportRowsToCorrect", "The rejected and duplicate rows, to correct and send again"),
        params: idParams,
      },
      onRequest: mayRead,
      handler: views.rowsToCorrect,
    });
  };
