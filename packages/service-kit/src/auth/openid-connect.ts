import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { roleSchema } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import type { VerifyToken } from "../http/authenticate.ts";
import { ProblemError } from "../http/problem.ts";
import type { Settings } from "../settings.ts";
import { unauthenticated, unverified } from "./token-faults.ts";

/** What an issuer's tokens may be signed with: nothing symmetric, and never `none`. */
const ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"];
/** Waiting for the issuer's keys; past it the caller is told to try again. */
const KEYS_TIMEOUT_MS = 5_000;

const keySetOf = async (issuer: string, environment: Environment) => {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const giveUp = new AbortController();
  const cancel = environment.timers.after(KEYS_TIMEOUT_MS, () => {
    giveUp.abort(new Error(`${address} did not answer within ${KEYS_TIMEOUT_MS} ms`));
  });
  const read = async () => {
    const response = await fetch(address, { signal: giveUp.signal });
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return (await response.json()) as { readonly jwks_uri?: string; readonly issuer?: string };
  };
  // The limit is for all of the answer, which may begin and never end.
  const { jwks_uri: keys, issuer: named } = await read().finally(cancel);
  if (keys === undefined || named !== issuer) throw new Error(`${address} is not the configuration of ${issuer}`);
  return createRemoteJWKSet(new URL(keys), { timeoutDuration: KEYS_TIMEOUT_MS });
};

/** The issuer's keys could not be had: of the token itself nothing is known yet. */
const isOfKeys = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error.code === "ERR_JOSE_GENERIC";

/** Verifies access tokens of an OpenID Connect issuer; role and unit come from the configured claims. */
export const verifyOfIssuer = (settings: Settings, environment: Environment): VerifyToken => {
  const { OIDC_ISSUER: issuer = "", OIDC_AUDIENCE: audience = "" } = settings;
  let keySet: ReturnType<typeof keySetOf> | undefined;
  const keys = async () => {
    keySet ??= keySetOf(issuer, environment);
    try {
      return await keySet;
    } catch (error) {
      keySet = undefined;
      throw new ProblemError("issuer-unavailable", { retryAfter: 5, cause: error });
    }
  };
  return async (token) => {
    const getKey = await keys();
    const { payload } = await jwtVerify(token, getKey, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      requiredClaims: ["sub", "exp"],
      currentDate: new Date(environment.clock.now()),
    }).catch((error: unknown) => {
      if (isOfKeys(error)) throw new ProblemError("issuer-unavailable", { retryAfter: 5, cause: error });
      throw unverified(error);
    });
    const claimed = payload[settings.OIDC_ROLE_CLAIM];
    const role = (Array.isArray(claimed) ? claimed : [claimed])
      .map((value) => roleSchema.safeParse(value))
      .find((parsed) => parsed.success)?.data;
    if (role === undefined) throw unauthenticated("role-unknown", { claim: settings.OIDC_ROLE_CLAIM });
    const unit = payload[settings.OIDC_UNIT_CLAIM];
    return {
      issuer,
      subject: payload.sub ?? "",
      role,
      ...(typeof unit === "string" ? { unit } : {}),
      ...(typeof payload["case"] === "string" ? { caseId: payload["case"] } : {}),
      expiresAt: (payload.exp ?? 0) * 1000,
    };
  };
};
