import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Reactor } from "@safar/event-bus";
import { requireRole } from "../auth/scope.ts";
import { MAX_COMMAND_BYTES } from "../http/command-routes.ts";
import { paramsSchemaOf } from "../http/path-params.ts";
import { parseRequest } from "../http/field-errors.ts";
import { idempotencyKeyOf, transactionIdOf } from "../http/idempotency.ts";
import { ProblemError } from "../http/problem.ts";
import { actorOf, callerOf } from "../http/request-context.ts";
import { whereItFailed } from "../observability/where-it-failed.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";
import { ReactionHindered } from "../runtime/perform.ts";

const NAME = "ReleaseParked";
const PATH = "/parked/:parkedId/releases";
/** What is released follows from the path: there is nothing to say. */
const bodySchema = z.strictObject({});

const answerSchema = z.object({
  id: z.string(),
  caseId: z.string().optional(),
  position: z.string(),
  released: z.int(),
  waiting: z.int(),
});

/** What stands in the way of a reaction for a while is no fault of the request: it is told as "repeat". */
const waitNoLonger = (error: unknown): never => {
  if (error instanceof ReactionHindered) throw new ProblemError("not-caught-up", { retryAfter: 1, cause: error });
  throw error;
};

const handle = async (
  given: { readonly kit: Kit; readonly service: string; readonly reactor: Reactor },
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const { kit, service, reactor } = given;
  const caller = callerOf(request);
  const key = idempotencyKeyOf(request.headers["idempotency-key"]);
  const { parkedId: id } = parseRequest(paramsSchemaOf(PATH), request.params) as { parkedId: string };
  parseRequest(bodySchema, request.body);
  const transactionId = transactionIdOf(caller, "POST", request.url.replace(/\?.*$/s, ""), key);
  const asked = { actor: actorOf(caller), transactionId, occurredAt: nowOf(kit.environment) };
  const { isKnown, release, failure } = await reactor.replayParked(id, asked).catch(waitNoLonger);
  if (!isKnown) throw new ProblemError("not-found");
  if (failure) {
    const { eventId, reaction, error } = failure;
    kit.log.warn({ failure: whereItFailed(error), service, reaction, eventId }, "a parked event failed again");
    throw new ProblemError("parked-event-fails", {
      params: { eventId, reaction, released: release?.released ?? 0 },
      cause: error,
    });
  }
  if (!release) throw new ProblemError("nothing-parked");
  const { released, waiting, caseId, revision, position } = release;
  return reply
    .status(200)
    .header("etag", `"${revision}"`)
    .header("location", `/${service}/parked/${id}`)
    .send({ id, ...(caseId === undefined ? {} : { caseId }), position: String(position), released, waiting });
};

/** `POST /{service}/parked/{id}/releases`: works a case's parked events off, once the reason is mended. */
export const registerRelease = (server: FastifyInstance, kit: Kit, service: string, reactor: Reactor): void => {
  server.route({
    method: "POST",
    url: `/${service}${PATH}`,
    bodyLimit: MAX_COMMAND_BYTES,
    config: { consumes: "application/json" },
    schema: {
      operationId: `${service}.${NAME}`,
      summary: "Work off the parked events of a case, in order, until none waits or one fails again",
      tags: [service],
      params: paramsSchemaOf(PATH),
      headers: z.object({ "idempotency-key": z.string() }),
      body: bodySchema,
      response: { 200: answerSchema },
    },
    onRequest: async (request) => {
      requireRole(callerOf(request), service, NAME);
    },
    handler: (request, reply) => handle({ kit, service, reactor }, request, reply),
  });
};
