import type { FastifyRequest } from "fastify";
import type { Caller } from "../service/caller.ts";
import { ProblemError } from "./problem.ts";

/** Verifies a bearer token of whichever issuer is configured. @throws ProblemError unauthenticated */
export type VerifyToken = (token: string) => Promise<Caller>;

/** The page's cookie; HttpOnly and SameSite=Strict. */
export const SESSION_COOKIE = "safar_session";

/** A bearer token, or the page's cookie; undefined where neither was sent. */
export const authenticate = async (request: FastifyRequest, verify: VerifyToken): Promise<Caller | undefined> => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
    if (!token) throw new ProblemError("unauthenticated", { params: { reason: "the header is not `Bearer TOKEN`" } });
    return verify(token);
  }
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie === undefined ? undefined : verify(cookie);
};
