import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Outcome } from "@safar/event-store";
import { KeyDestroyed } from "@safar/vault";
import { requireRole } from "../auth/scope.ts";
import { executePlan, executionOf } from "../runtime/execute-plan.ts";
import type { Kit } from "../runtime/kit.ts";
import type { CommandEdge, CommandRoute } from "../service/command.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { answerOf, answerSchema, problemOfOutcome } from "./command-answer.ts";
import { commandEdge } from "./command-edge.ts";
import { requireScope } from "./command-scope.ts";
import { parseRequest } from "./field-errors.ts";
import { idempotencyKeyOf, requestHashOf, transactionIdOf } from "./idempotency.ts";
import { paramsSchemaOf } from "./path-params.ts";
import { ProblemError } from "./problem.ts";
import { callerOf, contextOf } from "./request-context.ts";

/** A command is a form, not a file: the longest free text and some documents' terms fit many times over. */
export const MAX_COMMAND_BYTES = 256 * 1024;

/** `"7"` or `*`; undefined where the client sent none. */
const ifMatchOf = (header: string | undefined): number | "exists" | undefined => {
  if (header === undefined) return undefined;
  if (header === "*") return "exists";
  const revision = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (revision === undefined) throw new ProblemError("if-match-malformed");
  return Number(revision);
};

/** What is known of a request before its body becomes a command. */
const openRequest = (kit: Kit, route: CommandRoute, request: FastifyRequest) => {
  const caller = callerOf(request);
  const path = request.url.replace(/\?.*$/s, "");
  const key = idempotencyKeyOf(request.headers["idempotency-key"]);
  const ifMatch = ifMatchOf(request.headers["if-match"]);
  const transactionId = transactionIdOf(caller, "POST", path, key);
  const params = parseRequest(paramsSchemaOf(route.path), request.params) as never;
  const context = contextOf(kit, request, requestHashOf(kit.vault, request.body));
  return { params, transactionId, ifMatch, context };
};
type Opened = ReturnType<typeof openRequest>;

/** A repeat is answered before anything is looked at that may have changed since. */
const repeated = async (kit: Kit, route: CommandRoute, { params, transactionId, context }: Opened) => {
  const target = route.stream?.({ params, transactionId });
  if (!target) return undefined;
  const outcome = await kit.executor.pastAnswer({ ...target, command: undefined, transactionId, context });
  return outcome && { outcome, target };
};

/** Where a command leads, and what has become of it there. */
interface Answered {
  readonly target: { readonly id: string; readonly aggregate: unknown };
  readonly outcome: Outcome;
}

/** A refusal of what was asked, not trouble of log or vault: those say nothing of the command. */
const isRefusal = (error: unknown): boolean => error instanceof ProblemError || error instanceof KeyDestroyed;

/**
 * Plans and executes. A copy of the same request may have been faster meanwhile, and what came after it (the person
 * was erased) would refuse this one: then the answer is the one that was recorded.
 */
const decide = async (
  kit: Kit,
  route: CommandRoute,
  opened: Opened,
  { body, edge }: { readonly body: never; readonly edge: CommandEdge },
): Promise<Answered> => {
  try {
    const plan = {
      ...(await route.to({ params: opened.params, body, edge })),
      ...(route.creates ? { creates: true } : {}),
    };
    await requireScope(kit, route, plan, { params: opened.params, edge });
    const { ifMatch } = opened;
    const record = { ...executionOf(plan, opened), ...(ifMatch === undefined ? {} : { ifMatch }) };
    return { target: plan, outcome: await executePlan(kit, plan, record) };
  } catch (error) {
    const faster = isRefusal(error) ? await repeated(kit, route, opened) : undefined;
    if (!faster) throw error;
    return faster;
  }
};

const handle = async (
  kit: Kit,
  service: ServiceDefinition,
  route: CommandRoute,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> => {
  const opened = openRequest(kit, route, request);
  const body = parseRequest(route.body, request.body) as never;
  const past = await repeated(kit, route, opened);
  const edge = commandEdge(kit, request, opened.transactionId);
  const { target, outcome } = past ?? (await decide(kit, route, opened, { body, edge }));
  kit.metrics.count("safar_commands_total", "Commands by outcome", {
    service: service.name,
    command: route.name,
    outcome: outcome.kind,
  });
  if (outcome.kind !== "recorded") throw problemOfOutcome(outcome);
  await route.afterwards?.({ params: opened.params, edge });
  const answer = answerOf(service, route, target, outcome);
  if (answer.location) void reply.header("location", answer.location);
  return reply
    .status(route.creates ? 201 : 200)
    .header("etag", `"${outcome.revision}"`)
    .send(answer.body);
};

/** One `POST` a command. The role is asked before the body is read. */
export const registerCommands = (server: FastifyInstance, kit: Kit, service: ServiceDefinition): void => {
  for (const route of service.commands)
    server.route({
      method: "POST",
      url: `/${service.name}${route.path}`,
      bodyLimit: MAX_COMMAND_BYTES,
      config: { consumes: "application/json" },
      schema: {
        operationId: `${service.name}.${route.name}`,
        summary: route.summary,
        tags: [service.name],
        params: paramsSchemaOf(route.path),
        headers: z.object({ "idempotency-key": z.string(), "if-match": z.string().optional() }),
        body: route.body,
        response: { [route.creates ? 201 : 200]: answerSchema },
      },
      onRequest: async (request) => {
        requireRole(callerOf(request), service.name, route.name);
      },
      handler: (request, reply) => handle(kit, service, route, request, reply),
    });
};
