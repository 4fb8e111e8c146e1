import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { SESSION_COOKIE } from "../http/authenticate.ts";
import { parseRequest } from "../http/field-errors.ts";
import { languageOf } from "../http/language.ts";
import { ProblemError } from "../http/problem.ts";
import { callerOf } from "../http/request-context.ts";
import type { Environment } from "@safar/kernel";
import type { Settings } from "../settings.ts";
import { openIdSignInDoors } from "./openid-sign-in.ts";
import { TOKEN_LIFETIME_SECONDS } from "./local-issuer.ts";
import { DEMO_PEOPLE } from "./people.ts";
import { signInPage } from "./sign-in-page.ts";
import type { Tokens } from "./tokens.ts";

interface SignInOptions {
  readonly settings: Settings;
  readonly tokens: Tokens;
  readonly environment: Environment;
  /** Shows one invented person per role; in the demo only. */
  readonly demo: boolean;
}

/** The local issuer's: a single-use link, and in the demo a choice of people. */
const localSignInDoors = (
  server: FastifyInstance,
  local: NonNullable<Tokens["local"]>,
  { settings, demo }: SignInOptions,
): void => {
  const setCookie = (reply: FastifyReply, token: string): FastifyReply =>
    reply.setCookie(SESSION_COOKIE, token, {
      path: "/",
      httpOnly: true,
      sameSite: "strict",
      secure: settings.SAFAR_PUBLIC_URL?.startsWith("https:") ?? false,
      maxAge: TOKEN_LIFETIME_SECONDS,
    });

  // A HEAD, as previews of links send it, would use the link up.
  server.get("/sign-in", { schema: { hide: true }, exposeHeadRoute: false }, async (request, reply) => {
    const { token } = parseRequest(z.object({ token: z.string().max(4096).optional() }), request.query);
    void reply
      .header("cache-control", "no-store")
      .header("referrer-policy", "no-referrer")
      .header("content-security-policy", "frame-ancestors 'none'");
    const page = (isRefused: boolean): FastifyReply => {
      const language = languageOf(request.headers["accept-language"]);
      const html = signInPage(language, demo ? DEMO_PEOPLE : [], isRefused);
      return reply
        .status(isRefused ? 401 : 200)
        .type("text/html; charset=utf-8")
        .send(html);
    };
    if (token === undefined) return page(false);
    const redeemed = await local.redeem(token).catch((error: unknown) => {
      // A person who followed the link twice is told so by a page; a program by the problem.
      const isPerson = request.headers.accept?.includes("text/html") === true;
      if (isPerson && error instanceof ProblemError && error.code === "unauthenticated") return undefined;
      throw error;
    });
    return redeemed ? setCookie(reply, redeemed.token).redirect("/", 303) : page(true);
  });

  if (demo)
    server.post("/sign-in/demo", { schema: { hide: true } }, async (request, reply) => {
      const { subject } = parseRequest(z.strictObject({ subject: z.string() }), request.body);
      const identity = DEMO_PEOPLE.find((person) => person.subject === subject);
      if (!identity) throw new ProblemError("not-found");
      return setCookie(reply, await local.issuer.signAccess(identity)).send({ ok: true });
    });
};

const sessionDoors = (server: FastifyInstance, demo: boolean): void => {
  server.get("/session", { schema: { tags: ["session"], summary: "Who is signed in" } }, (request) => {
    const { subject, role, unit, caseId, expiresAt } = callerOf(request);
    return { subject, role, unit, caseId, expiresAt: new Date(expiresAt).toISOString(), demo };
  });
  server.post("/sign-out", { schema: { hide: true } }, (_request, reply) =>
    reply.clearCookie(SESSION_COOKIE, { path: "/" }).send({ ok: true }),
  );
};

/** Doors by which a person's browser gets its cookie, and gives it back. */
export const signInDoors =
  (options: SignInOptions) =>
  (server: FastifyInstance): Promise<void> => {
    const { settings, tokens, environment, demo } = options;
    if (settings.SAFAR_PUBLIC_URL !== undefined) server.pageOrigin = new URL(settings.SAFAR_PUBLIC_URL).origin;
    if (tokens.local) localSignInDoors(server, tokens.local, options);
    else openIdSignInDoors(server, { settings, verify: tokens.verify, environment });
    sessionDoors(server, demo);
    return Promise.resolve();
  };
