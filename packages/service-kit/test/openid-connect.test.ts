import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import Fastify from "fastify";
import cookie from "@fastify/cookie";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import t, { type Test } from "tap";
import type { Environment } from "@safar/kernel";
import { readSettings, realEnvironment, signInDoors } from "../src/index.ts";
import { openTokens } from "../src/auth/tokens.ts";

/** An OpenID Connect issuer on loopback, as another organisation would run it: it signs whoever comes in. */
const startIssuer = async (t: Pick<Test, "teardown" | "testdir">, claims: Record<string, unknown>) => {
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k1", alg: "ES256" };
  let address = "";
  const sign = (extra: Record<string, unknown> = {}, lifetime = "5m") =>
    new SignJWT({ ...claims, ...extra })
      .setProtectedHeader({ alg: "ES256", kid: "k1" })
      .setIssuer(address)
      .setSubject("person-7")
      .setAudience((extra["aud"] as string | undefined) ?? "safar-api")
      .setIssuedAt()
      .setExpirationTime(lifetime)
      .sign(privateKey);
  const challenges = new Map<string, string>();
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", address);
    const json = (body: object) => response.setHeader("content-type", "application/json").end(JSON.stringify(body));
    if (url.pathname === "/.well-known/openid-configuration")
      return void json({
        issuer: address,
        authorization_endpoint: `${address}/authorize`,
        token_endpoint: `${address}/token`,
        jwks_uri: `${address}/keys`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["ES256"],
      });
    if (url.pathname === "/keys") return void json({ keys: [jwk] });
    if (url.pathname === "/authorize") {
      const code = `code-${challenges.size}`;
      challenges.set(code, url.searchParams.get("code_challenge") ?? "");
      const back = new URL(url.searchParams.get("redirect_uri") ?? "");
      back.searchParams.set("code", code);
      back.searchParams.set("state", url.searchParams.get("state") ?? "");
      return void response.writeHead(302, { location: back.href }).end();
    }
    const idToken = await sign({ aud: "safar-page" });
    json({ access_token: await sign(), id_token: idToken, token_type: "bearer", expires_in: 300 });
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.teardown(() => server.close());
  const bound = server.address();
  address = `http://127.0.0.1:${typeof bound === "object" && bound ? bound.port : 0}`;
  return { address, sign };
};

const tokensOf = async (
  t: Pick<Test, "teardown" | "testdir">,
  issuer: string,
  environment: Environment = realEnvironment(),
) => {
  const { settings } = readSettings({
    OIDC_ISSUER: issuer,
    OIDC_AUDIENCE: "safar-api",
    OIDC_CLIENT_ID: "safar-page",
    OIDC_ROLE_CLAIM: "safar_role",
    OIDC_UNIT_CLAIM: "branch",
  });
  const tokens = await openTokens({ settings, dataFolder: t.testdir(), environment });
  t.teardown(() => tokens.close());
  return { settings, tokens, environment };
};

t.test("a token of the configured issuer is believed, role and unit by the configured claims", async (t) => {
  const { address, sign } = await startIssuer(t, { safar_role: "registrar", branch: "1726" });
  const { tokens } = await tokensOf(t, address);
  t.match(await tokens.verify(await sign()), { issuer: address, subject: "person-7", role: "registrar", unit: "1726" });
});

t.test("a token for another audience, without a known role, or expired is not", async (t) => {
  const { address, sign } = await startIssuer(t, { safar_role: "registrar" });
  const { tokens } = await tokensOf(t, address);
  await t.rejects(tokens.verify(await sign({ aud: "somebody-else" })), { code: "unauthenticated" });
  await t.rejects(tokens.verify(await sign({ safar_role: "king" })), { code: "unauthenticated" });
  await t.rejects(tokens.verify(await sign({}, "-1m")), { code: "unauthenticated" });
});

t.test("a browser is sent to the issuer and comes back with a session", async (t) => {
  const { address } = await startIssuer(t, { safar_role: "operator" });
  const { settings, tokens, environment } = await tokensOf(t, address);
  const server = Fastify();
  await server.register(cookie);
  await signInDoors({ settings, tokens, environment, demo: false })(server);
  const own = await server.listen({ host: "127.0.0.1", port: 0 });
  t.teardown(() => server.close());
  const leaving = await fetch(`${own}/sign-in`, { redirect: "manual" });
  t.equal(leaving.status, 303);
  const flow = (leaving.headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const atIssuer = await fetch(leaving.headers.get("location") ?? "", { redirect: "manual" });
  const callback = atIssuer.headers.get("location") ?? "";
  const back = await fetch(callback, { redirect: "manual", headers: { cookie: flow } });
  t.equal(back.status, 303);
  t.match(back.headers.get("set-cookie"), /safar_session=.+HttpOnly.*SameSite=Strict/i);
  const forged = await fetch(callback.replace(/state=[^&]+/, "state=forged"), {
    redirect: "manual",
    headers: { cookie: flow },
  });
  t.notMatch(forged.headers.get("set-cookie") ?? "", /safar_session=ey/);
});

t.test("an issuer that begins an answer and never ends it is told in time", async (t) => {
  const silent = createServer((_request, response) => void response.writeHead(200).flushHeaders());
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  t.teardown(() => {
    silent.closeAllConnections();
    silent.close();
  });
  const { port } = silent.address() as AddressInfo;
  const { timers } = realEnvironment();
  // The whole of the limit, without the wait.
  const after: typeof timers.after = (_milliseconds, callback) => timers.after(100, callback);
  const { tokens } = await tokensOf(t, `http://127.0.0.1:${port}`, {
    ...realEnvironment(),
    timers: { ...timers, after },
  });
  const over = new AbortController();
  const tooLate = timers.sleep(5_000, over.signal).catch(() => undefined);
  await t.rejects(Promise.race([tokens.verify("any"), tooLate]), { code: "issuer-unavailable" });
  over.abort();
});
