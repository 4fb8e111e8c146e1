import { listed, ROLE_WORDS, rolesFor, SCOPES, type Role } from "@safar/contracts";
import type { Header } from "@safar/event-store";
import { ProblemError } from "../http/problem.ts";
import type { Caller } from "../service/caller.ts";
import { SCOPE_WORDS } from "./scope-words.ts";

/** Whether a caller's role may use a door of a service, by its name in the access table. */
export const hasRole = ({ role }: Caller, service: string, name: string): boolean =>
  rolesFor(service, name)?.includes(role) === true;

/** @throws ProblemError role-not-allowed, naming the roles that are needed */
export const requireRole = (caller: Caller, service: string, name: string): void => {
  const roles = rolesFor(service, name) ?? [];
  if (!hasRole(caller, service, name))
    throw new ProblemError("role-not-allowed", {
      params: { needed: listed(roles.map((role) => ROLE_WORDS[role])), role: ROLE_WORDS[caller.role] },
    });
};

/** Whether a caller's scope reaches a case. `employerId`: whose vacancy it is, where the thing is about one. */
export const reaches = (caller: Caller, header: Header, employerId?: string): boolean => {
  switch (SCOPES[caller.role].scope) {
    case "all":
      return true;
    case "ownUnit":
      return caller.unit !== undefined && header.unit === caller.unit;
    case "ownCandidates":
      return caller.unit !== undefined && (header.agency === caller.unit || header.unit === caller.unit);
    case "ownVacancies":
      return caller.unit !== undefined && employerId === caller.unit;
    case "ownCase":
      return caller.caseId !== undefined && header.caseId === caller.caseId;
    case "none":
      return false;
  }
};

/** @throws ProblemError out-of-scope */
export const requireReach = (caller: Caller, header: Header, employerId?: string): void => {
  if (reaches(caller, header, employerId)) return;
  const { role } = caller;
  throw new ProblemError("out-of-scope", {
    params: { role: ROLE_WORDS[role], scope: SCOPE_WORDS[SCOPES[role].scope] },
  });
};

export const seesPersonalData = (role: Role): boolean => SCOPES[role].seesPersonalData;
