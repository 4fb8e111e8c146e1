import type { FastifyRequest } from "fastify";
import { unauthenticated } from "../auth/token-faults.ts";
import type { Caller } from "../service/caller.ts";
import { ProblemError } from "./problem.ts";

/** Verifies a bearer token of whichever issuer is configured. @throws ProblemError unauthenticated */
export type VerifyToken = (token: string) => Promise<Caller>;

/** The page's cookie; HttpOnly and SameSite=Strict. */
export const SESSION_COOKIE = "safar_session";

declare module "fastify" {
  interface FastifyInstance {
    /** Origin of `SAFAR_PUBLIC_URL`, set by the doors that give the cookie; undefined: the `Host` of each request. */
    pageOrigin: string | undefined;
  }
}

/** A cookie goes along by itself, so whatever changes or streams must come from our own page. */
const requireOwnOrigin = (request: FastifyRequest, pageOrigin: string | undefined): void => {
  const { origin, host, upgrade } = request.headers;
  if (origin === undefined && request.method === "GET" && upgrade === undefined) return;
  if (origin !== undefined && URL.canParse(origin)) {
    // A proxy may send another Host than browsers see.
    const { origin: from, host: fromHost } = new URL(origin);
    if (pageOrigin === undefined ? fromHost === host : from === pageOrigin) return;
  }
  throw new ProblemError("foreign-origin");
};

/** A bearer token, or the page's cookie; undefined where neither was sent. */
export const authenticate = async (
  request: FastifyRequest,
  verify: VerifyToken,
  pageOrigin?: string,
): Promise<Caller | undefined> => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1];
    if (!token) throw unauthenticated("not-bearer");
    return verify(token);
  }
  const cookie = request.cookies[SESSION_COOKIE];
  if (cookie === undefined) return undefined;
  requireOwnOrigin(request, pageOrigin);
  return verify(cookie).catch((error: unknown) => {
    // A cookie that has run out must not bar the way to the open doors, where a new one is given.
    if (error instanceof ProblemError && error.code === "unauthenticated") return undefined;
    throw error;
  });
};
