import type { FastifyRequest } from "fastify";
import type { Actor } from "@safar/contracts";
import type { CommandContext } from "@safar/event-store";
import { unauthenticated } from "../auth/token-faults.ts";
import type { Caller } from "../service/caller.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** Set by the authentication hook; absent on the few open doors. */
    caller: Caller | undefined;
  }
}

export const callerOf = (request: FastifyRequest): Caller => {
  if (!request.caller) throw unauthenticated("not-sent");
  return request.caller;
};

export const actorOf = (caller: Caller): Actor => ({
  id: caller.subject,
  role: caller.role,
  ...(caller.unit === undefined ? {} : { orgUnit: caller.unit }),
  kind: "human",
  channel: "http",
});

/** W3C trace context, passed on where the caller sent one. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

export const contextOf = (kit: Kit, request: FastifyRequest, requestHash?: string): CommandContext => {
  const traceparent = request.headers["traceparent"];
  return {
    actor: actorOf(callerOf(request)),
    occurredAt: nowOf(kit.environment),
    correlationId: request.id,
    ...(typeof traceparent === "string" && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
    ...(requestHash === undefined ? {} : { requestHash }),
  };
};
