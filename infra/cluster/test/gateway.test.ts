import { once } from "node:events";
import { createServer, request, type IncomingMessage } from "node:http";
import { connect, createServer as createTcpServer, type AddressInfo } from "node:net";
import { pino } from "pino";
import t, { type Test } from "tap";
import { WebSocket } from "ws";
import { openMemoryEventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { candidateBody, createClient, startTestNode, type TestNode } from "@safar/testing";
import { openMemoryVault } from "@safar/vault";
import { startGateway } from "../src/gateway/gateway.ts";
import { readUpstreams, UpstreamsMalformed } from "../src/gateway/upstreams.ts";

t.setTimeout(120_000);
const environment = realEnvironment();
const log = pino({ level: "silent" });
const REGISTRAR = { role: "registrar", unit: "1726" } as const;

/** Two replicas of registration and one process each of two others, on one log, behind a gateway. */
const startBehindGateway = async (t: Test, limits: { proxies?: number; maxRequestsPerSecond?: number } = {}) => {
  const ports = { store: openMemoryEventStore({ environment }), vault: openMemoryVault({ environment }) };
  const start = (name: string): Promise<TestNode> =>
    startTestNode(t, { services: services.filter((service) => service.name === name), ...ports, ...limits });
  const one = await start("registration");
  const other = await start("registration");
  const training = await start("training");
  const page = await start("situation-center");
  const upstreams = readUpstreams(
    `registration=${one.address},${other.address} training=${training.address} situation-center=${page.address}`,
  );
  const gateway = await startGateway({ upstreams, host: "127.0.0.1", port: 0, environment, log });
  t.teardown(() => gateway.stop());
  const client = createClient(gateway.address, environment, await one.tokenOf(REGISTRAR));
  while ((await client.get("/health/ready")).status !== 200) await environment.timers.sleep(20);
  return { one, other, training, page, gateway, client };
};

const requestsOf = async ({ kit }: TestNode): Promise<number> =>
  kit.metrics
    .text()
    .split("\n")
    .filter((line) => line.includes('route="/registration/cases"'))
    .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);

t.test("requests go to the replicas in turn, and one that is gone is passed over", async (t) => {
  const { one, other, client } = await startBehindGateway(t);
  for (let n = 1; n <= 10; n += 1) t.equal((await client.post("/registration/cases", candidateBody(n))).status, 201);
  t.same([await requestsOf(one), await requestsOf(other)], [5, 5]);

  await one.node.stop();
  const statuses: number[] = [];
  for (let n = 11; n <= 30; n += 1) {
    const { status, headers, body } = await client.post("/registration/cases", candidateBody(n));
    statuses.push(status);
    if (status !== 503) continue;
    t.ok(headers.get("retry-after"), "whoever meets the one that is gone is told when to come again");
    t.equal(body.code, "service-away");
  }
  t.ok(statuses.filter((status) => status === 503).length <= 1, `once at most: ${statuses.join()}`);
  t.equal(statuses.at(-1), 201);

  await other.node.stop();
  const gone = async () => (await client.get("/registration/cases/x")).body.code === "service-away";
  while (!(await gone())) await environment.timers.sleep(20);
  const { status, headers } = await client.get("/registration/cases/x", { "accept-language": "ru" });
  t.same([status, headers.get("retry-after")], [503, "1"]);
  const ready = await client.get("/health/ready");
  t.same([ready.status, ready.body.waiting], [503, ["registration"]]);
});

t.test("what belongs to all services is answered for all of them", async (t) => {
  const { client, gateway } = await startBehindGateway(t);
  const { body } = await client.get("/openapi.json");
  for (const path of ["/registration/cases", "/training/courses", "/situation-center/cases", "/health/ready"])
    t.ok(body.paths[path], path);
  t.same((await client.get("/docs/json")).body, body, "the page of the reference shows the same");
  t.match((await client.get("/docs/")).body, /swagger/);

  const kits = await client.get("/problems/log-unavailable");
  t.match(kits.body, /Idempotency-Key/);
  const training = services.find(({ name }) => name === "training")!;
  const own = await client.get(`/problems/${Object.keys(training.refusals)[0]}`);
  t.equal(own.status, 200, "a refusal of one service has its page at the one origin");
  t.equal((await client.get("/problems/no-such-problem")).status, 404);

  const metrics = (await client.get("/metrics")).body as string;
  for (const process of ["registration-1", "registration-2", "training-1", "situation-center-1"])
    t.match(metrics, new RegExp(`safar_read_model_position\\{process="${process}",`));
  t.equal(metrics.match(/# TYPE safar_read_model_position gauge/g)?.length, 1);
  const behindAProxy = await fetch(`${gateway.address}/metrics`, { headers: { "x-forwarded-for": "192.0.2.1" } });
  t.equal(behindAProxy.status, 403, "behind a proxy on this machine nobody is taken for this machine");
  t.ok((await fetch(`${gateway.address}/health/live`)).ok);
});

t.test("behind a proxy on the same machine only an admin reads metrics", async (t) => {
  const { gateway } = await startBehindGateway(t);
  const asked = async (headers: Record<string, string>) =>
    (await fetch(`${gateway.address}/metrics`, { headers })).status;
  t.equal(await asked({}), 200, "the machine itself");
  for (const name of ["x-forwarded-for", "forwarded", "via"]) t.equal(await asked({ [name]: "somebody" }), 403, name);
});

t.test("whoever shows a bad token sees that it is bad, also on the same machine", async (t) => {
  const { gateway, training } = await startBehindGateway(t);
  await training.node.stop();
  const headers = { authorization: "Bearer nonsense", "accept-language": "ru" };
  const refused = await fetch(`${gateway.address}/metrics`, { headers });
  t.equal(refused.status, 401);
  t.equal(refused.headers.get("www-authenticate"), "Bearer");
  t.equal(refused.headers.get("content-type"), "application/problem+json; charset=utf-8");
  t.match(await refused.json(), { code: "unauthenticated", title: /[а-я]/ });
});

t.test("whoever asks for the reference again and again does not have it made again", async (t) => {
  const { gateway, one, other } = await startBehindGateway(t);
  const made = (): number =>
    [one, other]
      .flatMap(({ kit }) => kit.metrics.text().split("\n"))
      .filter((line) => line.includes('route="/openapi.json"'))
      .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  const read = async () => (await fetch(`${gateway.address}/openapi.json`)).text();
  const texts = await Promise.all(Array.from({ length: 20 }, read));
  texts.push(await read());
  t.equal(new Set(texts).size, 1);
  t.equal(made(), 1);
});

t.test("whoever asks for problems' pages, known or not, does not have every service asked each time", async (t) => {
  const { gateway, one, other, training, page } = await startBehindGateway(t);
  const asked = (): number =>
    [one, other, training, page]
      .flatMap(({ kit }) => kit.metrics.text().split("\n"))
      .filter((line) => line.includes('route="/problems'))
      .reduce((sum, line) => sum + Number(line.split(" ").at(-1)), 0);
  const read = async (code: string, language = "en") =>
    fetch(`${gateway.address}/problems/${code}`, { headers: { "accept-language": language } });
  const statuses = [];
  for (let n = 0; n < 20; n += 1) statuses.push((await read(`no-such-problem-${n}`)).status);
  t.same(new Set(statuses), new Set([404]));
  t.equal(asked(), 3, "each service told its codes once");
  const pages = await Promise.all(Array.from({ length: 20 }, async () => (await read("log-unavailable")).text()));
  t.equal(new Set(pages).size, 1);
  t.match(await (await read("log-unavailable", "ru")).text(), '<html lang="ru">');
  t.equal(asked(), 5, "and a page is read once in each language");
  await training.node.stop();
  t.equal((await read("log-unavailable")).status, 200);
});

const statusOf = async (address: string, path: string): Promise<number> => {
  const asked = request(`${address}${path}`.replace(/^(http:\/\/[^/]+).*/, "$1"), { path });
  asked.end();
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();
  return response.statusCode ?? 0;
};

t.test("no path leads round the gateway's own doors", async (t) => {
  const { gateway } = await startBehindGateway(t);
  for (const path of ["/registration/../metrics", "/registration/..%2fmetrics", "//metrics", "/%6detrics"])
    t.equal(await statusOf(gateway.address, path), path === "/%6detrics" ? 200 : 404, path);
  t.match(await (await fetch(`${gateway.address}/%6detrics`)).text(), 'process="training-1"', "the gateway's own");
});

t.test("the live stream passes through, with its refusals before the upgrade", async (t) => {
  const { gateway, page, client } = await startBehindGateway(t);
  const address = `${gateway.address.replace("http", "ws")}/live`;
  const refused = new WebSocket(address, "safar.v1");
  refused.on("error", () => undefined);
  const [, response] = (await once(refused, "unexpected-response")) as [unknown, IncomingMessage];
  t.equal(response.statusCode, 401);
  t.match(response.headers["content-type"], "problem+json");
  refused.terminate();

  const authorization = `Bearer ${await page.tokenOf({ role: "operator" })}`;
  const socket = new WebSocket(address, "safar.v1", { headers: { authorization } });
  await once(socket, "open");
  t.equal(socket.protocol, "safar.v1");
  socket.send(JSON.stringify({ type: "subscribe", id: "a" }));
  const types: string[] = [];
  socket.on("message", (text: Buffer) => types.push(String(JSON.parse(text.toString()).type)));
  await client.post("/registration/cases", candidateBody(1));
  while (!types.includes("events")) await environment.timers.sleep(20);
  t.ok(types.includes("snapshot"));
  const closed = once(socket, "close");
  await gateway.stop();
  await closed;
});

t.test("a service that breaks off in the middle of an answer is not taken for a whole answer", async (t) => {
  const broken = createServer((incoming, response) => {
    if (incoming.url === "/health/ready") return void response.end("{}");
    response.writeHead(200, { "content-length": "1000" });
    response.write("half", () => response.socket?.destroy());
  }).listen(0, "127.0.0.1");
  await once(broken, "listening");
  t.teardown(() => broken.close());
  const { port } = broken.address() as AddressInfo;
  const upstreams = readUpstreams(`situation-center=http://127.0.0.1:${port}`);
  const gateway = await startGateway({ upstreams, host: "127.0.0.1", port: 0, environment, log });
  t.teardown(() => gateway.stop());
  await t.rejects(fetch(`${gateway.address}/`).then((response) => response.text()));
});

t.test("a taken port is told, and so is an address that is none", async (t) => {
  const taken = createTcpServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  t.teardown(() => taken.close());
  const { port } = taken.address() as AddressInfo;
  const upstreams = readUpstreams("situation-center=http://127.0.0.1:1");
  await t.rejects(startGateway({ upstreams, host: "127.0.0.1", port, environment, log }), { code: "EADDRINUSE" });
  for (const text of [undefined, "registration=http://x", "situation-center=ftp://x", "situation-center=x", "x"])
    t.throws(() => readUpstreams(text), UpstreamsMalformed);
});

t.test("nobody comes round the gateway's own doors with a sign that no address has", async (t) => {
  const { gateway } = await startBehindGateway(t);
  const socket = connect(Number(new URL(gateway.address).port), "127.0.0.1");
  t.teardown(() => socket.destroy());
  socket.write("GET /health/ready#x HTTP/1.1\r\nHost: safar\r\nConnection: close\r\n\r\n");
  let answer = "";
  for await (const part of socket) answer += String(part);
  t.match(answer, /"waiting":\[\]/);
  t.notMatch(answer, /"head"/, "no service's own answer");
});

t.test("whoever asks too much without a token behind the gateway is refused, and no other", async (t) => {
  const { gateway } = await startBehindGateway(t, { proxies: 2, maxRequestsPerSecond: 20 });
  // As through an ingress, which puts the caller's own address last.
  const ask = async (address: string, said = "") =>
    fetch(`${gateway.address}/registration/cases`, { headers: { "x-forwarded-for": `${said}${address}` } });
  const floods = async (): Promise<boolean> => {
    const answers = await Promise.all(
      Array.from({ length: 80 }, (_, index) => ask("203.0.113.7", `198.51.100.${index}, `)),
    );
    return answers.some(({ status }) => status === 429);
  };
  let isRefused = false;
  for (let round = 0; round < 100 && !isRefused; round += 1) isRefused = await floods();
  t.ok(isRefused, "whatever it says before its own address");
  const others = await Promise.all(Array.from({ length: 10 }, (_, index) => ask(`203.0.113.${100 + index}`)));
  t.same(new Set(others.map(({ status }) => status)), new Set([401]));
});
