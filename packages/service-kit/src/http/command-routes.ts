import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { executeReserved, type Execution, type Outcome } from "@safar/event-store";
import { tashkentDate } from "@safar/kernel";
import { KeyDestroyed } from "@safar/vault";
import { reaches, requireReach, requireRole } from "../auth/scope.ts";
import type { CommandEdge, CommandPlan, CommandRoute } from "../service/command.ts";
import type { ServiceDefinition } from "../service/define-service.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";
import { parseRequest } from "./field-errors.ts";
import { idempotencyKeyOf, requestHashOf, transactionIdOf } from "./idempotency.ts";
import { ProblemError } from "./problem.ts";
import { callerOf, contextOf } from "./request-context.ts";

/** A command is a form, not a file: the longest free text and some documents' terms fit many times over. */
export const MAX_COMMAND_BYTES = 256 * 1024;

type Recorded = Extract<Outcome, { kind: "recorded" }>;

/** `"7"` or `*`; undefined where the client sent none. */
const ifMatchOf = (header: string | undefined): number | "exists" | undefined => {
  if (header === undefined) return undefined;
  if (header === "*") return "exists";
  const revision = /^"(\d{1,15})"$/.exec(header)?.[1];
  if (revision === undefined) throw new ProblemError("if-match-malformed");
  return Number(revision);
};

/** The path's parameters, each a UUID unless its name says that it is something else. */
export const paramsSchemaOf = (path: string): z.ZodObject => {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  const id = z.string().toLowerCase().pipe(z.uuid());
  const schemas: Record<string, z.ZodType> = {
    kind: z.string().regex(/^[A-Za-z][A-Za-z-]{0,39}$/),
    // A case's id, or of a stream without a case what stands behind its category.
    parkedId: z.string().regex(/^[\w.:-]{1,100}$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  };
  return z.object(Object.fromEntries(names.map((name) => [name, schemas[name] ?? id])));
};

/** What an outcome that is no success is told as. */
const problemOfOutcome = (outcome: Exclude<Outcome, Recorded>): ProblemError => {
  switch (outcome.kind) {
    case "refused":
      return new ProblemError(outcome.refusal.code, { params: outcome.refusal.params ?? {} });
    case "different-request":
      return new ProblemError("idempotency-key-reused");
    case "lapsed":
      return new ProblemError("reservation-lapsed");
    case "precondition-failed":
      return new ProblemError("precondition-failed", { params: { actual: `"${outcome.actual}"` } });
    case "unknown-case":
      return new ProblemError("not-found");
    case "contended":
      return new ProblemError("contended", { retryAfter: 1 });
  }
};

export const commandEdge = (kit: Kit, request: FastifyRequest, transactionId: string): CommandEdge => {
  const now = nowOf(kit.environment);
  return {
    caller: callerOf(request),
    transactionId,
    now,
    today: tashkentDate(kit.environment.clock.now()),
    vault: kit.vault,
    load: (aggregate, id) => kit.executor.load(aggregate, id),
    async open(sealed) {
      const opened = await kit.sealer.open(sealed as never);
      return opened === "erased" ? "erased" : opened.value;
    },
    personOf: (caseId) => kit.registrationReader.personOf(caseId),
    headerOf: (caseId) => kit.executor.caseHeader(caseId),
    standingOf: (caseId) => kit.registrationReader.standingOf(caseId),
    reaches: (header) => reaches(callerOf(request), header),
    takeCaseNumber: kit.takeCaseNumber,
  };
};

/** The case (or the vacancy's employer) must be within the caller's scope. Streams of no case are a matter of role. */
const requireScope = async (
  kit: Kit,
  route: CommandRoute,
  plan: CommandPlan,
  request: { readonly params: never; readonly edge: CommandEdge },
): Promise<void> => {
  const { caller } = request.edge;
  const employerId = await route.employerOf?.(request);
  if (!plan.aggregate.ofCase) {
    if (caller.role === "employer") requireReach(caller, {}, employerId);
    return;
  }
  const loaded = await kit.executor.load(plan.aggregate, plan.id);
  const caseId = loaded.header.caseId ?? plan.header?.caseId;
  const registered = caseId === undefined ? undefined : await kit.executor.caseHeader(caseId);
  if (!registered) {
    // Whoever may register candidates may register this one: its unit follows from the caller.
    if (plan.creates && !loaded.exists && plan.header?.personId !== undefined) return;
    throw new ProblemError("not-found");
  }
  requireReach(caller, registered, employerId);
};

const answerOf = (
  service: ServiceDefinition,
  route: CommandRoute,
  plan: { readonly id: string; readonly aggregate: unknown },
  outcome: Recorded,
) => {
  const { id = plan.id, caseNumber, warnings } = route.answer?.(outcome.events) ?? {};
  const caseId = outcome.events[0]?.meta.caseId;
  const room = service.aggregates.find(({ aggregate }) => aggregate === plan.aggregate);
  const location = room?.path && `/${service.name}${room.path.replace(/:\w+/, plan.id)}`;
  return {
    location,
    body: {
      id,
      ...(caseId === undefined ? {} : { caseId }),
      ...(caseNumber === undefined ? {} : { caseNumber }),
      position: String(outcome.position),
      ...(warnings === undefined || warnings.length === 0 ? {} : { warnings }),
    },
  };
};

/** What is known of a request before its body becomes a command. */
const openRequest = (kit: Kit, service: ServiceDefinition, route: CommandRoute, request: FastifyRequest) => {
  const caller = callerOf(request);
  const path = request.url.replace(/\?.*$/s, "");
  const key = idempotencyKeyOf(request.headers["idempotency-key"]);
  const ifMatch = ifMatchOf(request.headers["if-match"]);
  const transactionId = transactionIdOf(caller, "POST", path, key);
  const params = parseRequest(paramsSchemaOf(route.path), request.params) as never;
  const context = contextOf(kit, request, requestHashOf(kit.vault, request.body));
  return { params, transactionId, ifMatch, context, service };
};
type Opened = ReturnType<typeof openRequest>;

/** A repeat is answered before anything is looked at that may have changed since. */
const repeated = async (kit: Kit, route: CommandRoute, { params, transactionId, context }: Opened) => {
  const target = route.stream?.({ params, transactionId });
  if (!target) return undefined;
  const outcome = await kit.executor.pastAnswer({ ...target, command: undefined, transactionId, context });
  return outcome && { outcome, target };
};

const execute = async (kit: Kit, plan: CommandPlan, { transactionId, ifMatch, context }: Opened): Promise<Outcome> => {
  const record: Execution<unknown> = {
    aggregate: plan.aggregate,
    id: plan.id,
    command: plan.command,
    transactionId,
    context,
    ...(plan.header ? { header: plan.header } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
  if (!plan.reserve) return kit.executor.execute(record);
  const { aggregate, id, command, release, header } = plan.reserve;
  const reserve = { aggregate, id, command, transactionId, context, ...(header ? { header } : {}) };
  return executeReserved(kit.executor, { reserve, record, release });
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
    return { target: plan, outcome: await execute(kit, plan, opened) };
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
  const opened = openRequest(kit, service, route, request);
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

const answerSchema = z.object({
  id: z.string(),
  caseId: z.string().optional(),
  caseNumber: z.string().optional(),
  position: z.string(),
  warnings: z.array(z.string()).optional(),
});

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
