import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exportJWK, generateKeyPair, importJWK, jwtVerify, SignJWT, type CryptoKey, type JWK } from "jose";
import { roleSchema, type Role } from "@safar/contracts";
import type { Environment } from "@safar/kernel";
import { writeOnce } from "../process/write-once.ts";
import type { Caller } from "../service/caller.ts";
import { unauthenticated, unverified } from "./token-faults.ts";

/** Name of the local issuer in its tokens and so in every transaction id. */
export const LOCAL_ISSUER = "safar-local";
const AUDIENCE = "safar";
const ALGORITHM = "EdDSA";
const OWNER_ONLY = 0o600;
/** A working day and a bit: a token of the command line is made anew each morning. */
export const TOKEN_LIFETIME_SECONDS = 12 * 3600;
/** Time to open a sign-in address after it was printed. */
export const LINK_LIFETIME_SECONDS = 15 * 60;

export interface Identity {
  readonly subject: string;
  readonly role: Role;
  readonly unit?: string;
  readonly caseId?: string;
}

const keyFile = (dataFolder: string): string => join(dataFolder, "issuer.jwk");

/** Of several processes that start at once on one folder the first one makes it. */
const createKey = async (file: string): Promise<void> => {
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  mkdirSync(dirname(file), { recursive: true });
  writeOnce(file, JSON.stringify(jwk), OWNER_ONLY);
};

/** @throws Error that says what to do; what the parser says would hold a part of the key */
const readKey = (file: string): JWK => {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as JWK;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Error(`${file} is damaged: put it back from a copy, or delete it; then every token has to be made anew`);
  }
};

const loadKeys = async (file: string) => {
  if (!existsSync(file)) await createKey(file);
  const jwk = readKey(file);
  const { d: _secret, ...open } = jwk;
  return {
    privateKey: (await importJWK(jwk, ALGORITHM)) as CryptoKey,
    publicKey: (await importJWK(open, ALGORITHM)) as CryptoKey,
  };
};

/** Signs and verifies tokens with a key of the data folder; for one node and for development. */
export const openLocalIssuer = async (dataFolder: string, environment: Environment) => {
  const { privateKey, publicKey } = await loadKeys(keyFile(dataFolder));

  const sign = (identity: Identity, purpose: "access" | "sign-in", lifetime: number): Promise<string> => {
    const seconds = Math.floor(environment.clock.now() / 1000);
    return new SignJWT({ role: identity.role, unit: identity.unit, case: identity.caseId, purpose })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(LOCAL_ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(identity.subject)
      .setJti(environment.random.uuid())
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + lifetime)
      .sign(privateKey);
  };

  const verify = async (token: string, purpose: "access" | "sign-in") => {
    try {
      const { payload } = await jwtVerify(token, publicKey, {
        issuer: LOCAL_ISSUER,
        audience: AUDIENCE,
        algorithms: [ALGORITHM],
        requiredClaims: ["sub", "exp", "jti"],
        currentDate: new Date(environment.clock.now()),
      });
      const { sub, exp, jti } = payload;
      if (sub === undefined || exp === undefined || jti === undefined)
        throw unauthenticated("claim-wrong", { claim: "sub, exp, jti" });
      if (payload["purpose"] !== purpose) throw unauthenticated("claim-wrong", { claim: "purpose" });
      return { sub, exp, jti, role: payload["role"], unit: payload["unit"], case: payload["case"] };
    } catch (error) {
      throw unverified(error);
    }
  };

  const callerOf = (payload: Awaited<ReturnType<typeof verify>>): Caller => {
    const role = roleSchema.safeParse(payload["role"]);
    if (!role.success) throw unauthenticated("role-unknown", { claim: "role" });
    return {
      issuer: LOCAL_ISSUER,
      subject: payload.sub,
      role: role.data,
      ...(typeof payload["unit"] === "string" ? { unit: payload["unit"] } : {}),
      ...(typeof payload["case"] === "string" ? { caseId: payload["case"] } : {}),
      expiresAt: payload.exp * 1000,
    };
  };

  return {
    signAccess: (identity: Identity) => sign(identity, "access", TOKEN_LIFETIME_SECONDS),
    /** A token for one sign-in; whoever redeems it must remember its `jti`. */
    signLink: (identity: Identity) => sign(identity, "sign-in", LINK_LIFETIME_SECONDS),
    async authenticate(token: string): Promise<Caller> {
      return callerOf(await verify(token, "access"));
    },
    async redeemLink(
      token: string,
    ): Promise<{ readonly caller: Caller; readonly linkId: string; readonly expiresAt: number }> {
      const payload = await verify(token, "sign-in");
      return { caller: callerOf(payload), linkId: payload.jti, expiresAt: payload.exp * 1000 };
    },
  };
};
export type LocalIssuer = Awaited<ReturnType<typeof openLocalIssuer>>;
