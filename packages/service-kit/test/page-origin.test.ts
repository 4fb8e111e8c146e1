import Fastify from "fastify";
import t from "tap";
import { openTokens } from "../src/auth/tokens.ts";
import { authenticate } from "../src/http/authenticate.ts";
import { readSettings, realEnvironment, signInDoors } from "../src/index.ts";

/** Behind a proxy the page's address is what SAFAR_PUBLIC_URL says, whatever Host the proxy sends. */

const environment = realEnvironment();

t.test("the cookie serves the public address's page, and no other that a proxy lets through", async (t) => {
  const folder = t.testdir();
  const { settings } = readSettings({ SAFAR_DATA: folder, SAFAR_PUBLIC_URL: "https://safar.example/" });
  const tokens = await openTokens({ settings, dataFolder: folder, environment });
  t.teardown(() => tokens.close());
  const session = await tokens.local!.issuer.signAccess({ subject: "operator", role: "operator" });
  const server = Fastify();
  t.teardown(() => server.close());
  server.decorate("pageOrigin", undefined);
  await signInDoors({ settings, tokens, environment, demo: false })(server);
  server.post("/who", async (request) => {
    const { cookie = "" } = request.headers;
    Object.assign(request, { cookies: { safar_session: cookie } });
    return { role: (await authenticate(request, tokens.verify, server.pageOrigin))?.role };
  });
  const from = async (origin: string, host: string) =>
    (await server.inject({ method: "POST", url: "/who", headers: { origin, host, cookie: session } })).json();
  t.match(await from("https://safar.example", "10.0.0.7:8080"), { role: "operator" });
  t.match(await from("https://safar.example", "safar.example"), { role: "operator" });
  t.notMatch(await from("http://safar.example", "safar.example"), { role: "operator" }, "not without TLS");
  t.notMatch(await from("https://elsewhere.example", "elsewhere.example"), { role: "operator" });
});
