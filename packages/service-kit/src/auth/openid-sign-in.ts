import { readFileSync } from "node:fs";
import * as openid from "openid-client";
import type { FastifyInstance } from "fastify";
import type { Environment } from "@safar/kernel";
import { SESSION_COOKIE, type VerifyToken } from "../http/authenticate.ts";
import { ProblemError } from "../http/problem.ts";
import type { Settings } from "../settings.ts";
import { unauthenticated } from "./token-faults.ts";

/** Holds what the callback must match; only the sign-in path gets it. */
const FLOW_COOKIE = "safar_sign_in";
/** Time for a person to answer the issuer's questions. */
const FLOW_LIFETIME_SECONDS = 600;

const secretOf = (settings: Settings): string | undefined =>
  settings.OIDC_CLIENT_SECRET_FILE === undefined
    ? undefined
    : readFileSync(settings.OIDC_CLIENT_SECRET_FILE, "utf8").trim();

const isLoopback = (address: URL): boolean => ["127.0.0.1", "[::1]", "localhost"].includes(address.hostname);

/** Asks the issuer for its configuration; again after a failure. Plain HTTP is taken on loopback only. */
const discoverer = (settings: Settings, clientId: string) => {
  let found: Promise<openid.Configuration> | undefined;
  return async (): Promise<openid.Configuration> => {
    const issuer = new URL(settings.OIDC_ISSUER ?? "");
    found ??= openid.discovery(issuer, clientId, secretOf(settings), undefined, {
      execute: issuer.protocol === "http:" && isLoopback(issuer) ? [openid.allowInsecureRequests] : [],
    });
    try {
      return await found;
    } catch (error) {
      found = undefined;
      throw new ProblemError("issuer-unavailable", { retryAfter: 5, cause: error });
    }
  };
};

/** Sign-in of the page at an OpenID Connect issuer: authorization code with PKCE (RFC 7636), state checked. */
export const openIdSignInDoors = (
  server: FastifyInstance,
  options: { readonly settings: Settings; readonly verify: VerifyToken; readonly environment: Environment },
): void => {
  const { settings, verify, environment } = options;
  const clientId = settings.OIDC_CLIENT_ID;
  if (clientId === undefined) return;
  const configuration = discoverer(settings, clientId);
  const secure = settings.SAFAR_PUBLIC_URL?.startsWith("https:") ?? false;
  const own = (host: string): string => settings.SAFAR_PUBLIC_URL?.replace(/\/$/, "") ?? `http://${host}`;

  server.get("/sign-in", { schema: { hide: true } }, async (request, reply) => {
    const verifier = openid.randomPKCECodeVerifier();
    const state = Buffer.from(environment.random.bytes(24)).toString("base64url");
    const address = openid.buildAuthorizationUrl(await configuration(), {
      redirect_uri: `${own(request.host)}/sign-in/callback`,
      scope: "openid",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
      state,
      ...(settings.OIDC_AUDIENCE === undefined ? {} : { audience: settings.OIDC_AUDIENCE }),
    });
    return reply
      .header("cache-control", "no-store")
      .setCookie(FLOW_COOKIE, `${state}.${verifier}`, {
        path: "/sign-in",
        httpOnly: true,
        sameSite: "lax",
        secure,
        maxAge: FLOW_LIFETIME_SECONDS,
      })
      .redirect(address.href, 303);
  });

  server.get("/sign-in/callback", { schema: { hide: true } }, async (request, reply) => {
    const [state = "", verifier = ""] = (request.cookies[FLOW_COOKIE] ?? "").split(".");
    void reply.clearCookie(FLOW_COOKIE, { path: "/sign-in" }).header("cache-control", "no-store");
    const config = await configuration();
    const tokens = await openid
      .authorizationCodeGrant(config, new URL(request.url, own(request.host)), {
        pkceCodeVerifier: verifier,
        expectedState: state,
      })
      .catch((error: unknown) => {
        throw unauthenticated("sign-in-incomplete", { cause: error });
      });
    const caller = await verify(tokens.access_token);
    const maxAge = Math.max(0, Math.floor((caller.expiresAt - environment.clock.now()) / 1000));
    return reply
      .setCookie(SESSION_COOKIE, tokens.access_token, { path: "/", httpOnly: true, sameSite: "strict", secure, maxAge })
      .redirect("/", 303);
  });
};
