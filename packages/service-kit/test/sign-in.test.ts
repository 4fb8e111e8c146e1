import { chmodSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import cookie from "@fastify/cookie";
import Fastify from "fastify";
import t, { type Test } from "tap";
import { openTokens } from "../src/auth/tokens.ts";
import { readSettings, realEnvironment, signInDoors } from "../src/index.ts";

/** A link that signs in once, as a person's browser, a preview of it and a program meet it. */

const environment = realEnvironment();

const start = async (t: Pick<Test, "teardown" | "testdir">, folder = t.testdir()) => {
  const { settings } = readSettings({ SAFAR_DATA: folder });
  const tokens = await openTokens({ settings, dataFolder: folder, environment });
  const server = Fastify();
  t.teardown(async () => {
    await server.close();
    await tokens.close();
  });
  await server.register(cookie);
  server.decorate("pageOrigin", undefined);
  await signInDoors({ settings, tokens, environment, demo: false })(server);
  const link = `/sign-in?token=${await tokens.local!.issuer.signLink({ subject: "operator", role: "operator" })}`;
  const open = (method: "GET" | "HEAD", headers: Record<string, string> = {}) =>
    server.inject({ method, url: link, headers });
  return { open };
};

t.test("of many who open one link at once, one is signed in", async (t) => {
  const { open } = await start(t);
  const answers = await Promise.all(Array.from({ length: 8 }, () => open("GET")));
  t.equal(answers.filter(({ statusCode }) => statusCode === 303).length, 1);
});

t.test("a preview that only asks for the head does not use a link up", async (t) => {
  const { open } = await start(t);
  t.equal((await open("HEAD")).statusCode, 404);
  t.equal((await open("GET")).statusCode, 303);
});

t.test("a person who opens a link again is told so by a page, in the own language", async (t) => {
  const { open } = await start(t);
  await open("GET");
  const again = await open("GET", { accept: "text/html,*/*;q=0.8", "accept-language": "ru" });
  t.equal(again.statusCode, 401);
  t.match(again.headers["content-type"], /^text\/html/);
  t.match(again.body, /уже использована/);
  t.notMatch(again.body, /token=/);
  t.equal(again.headers["set-cookie"], undefined);
});

t.test("which links were used is for the owner's eyes alone, in a folder that others may pass through", async (t) => {
  const folder = t.testdir({ "sign-in.sqlite": "" });
  chmodSync(folder, 0o711);
  chmodSync(join(folder, "sign-in.sqlite"), 0o644);
  const { open } = await start(t, folder);
  t.equal((await open("GET")).statusCode, 303);
  const files = readdirSync(folder).filter((name) => name.startsWith("sign-in.sqlite"));
  t.ok(files.length >= 2, files.join());
  for (const name of files) t.equal((statSync(join(folder, name)).mode & 0o777).toString(8), "600", name);
});
