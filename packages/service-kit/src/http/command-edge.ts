import type { FastifyRequest } from "fastify";
import { tashkentDate } from "@safar/kernel";
import { reaches } from "../auth/scope.ts";
import { nowOf, type Kit } from "../runtime/kit.ts";
import type { CommandEdge } from "../service/command.ts";
import { callerOf } from "./request-context.ts";

/** What a command may look up and bring into its decision. */
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
