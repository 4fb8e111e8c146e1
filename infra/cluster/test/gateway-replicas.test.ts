import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import t, { type Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { startGateway } from "../src/gateway/gateway.ts";
import { readUpstreams } from "../src/gateway/upstreams.ts";

t.setTimeout(120_000);
const environment = realEnvironment();
const silent = pino({ level: "silent" });
const READY = "/health/ready";

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A replica that tells what came to it; it can hang as a stopped process does, and come back on the same port. */
const startReplica = async (t: Test, name: string, answer: Answer = (_, response) => void response.end(name)) => {
  const arrived: string[] = [];
  const looks = { count: 0 };
  let isHanging = false;
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    if (request.url === READY) response.once("finish", () => (looks.count += 1));
    else arrived.push(String(request.url));
    if (isHanging) return;
    if (request.url === READY) return void response.end("{}");
    let body = "";
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("error", () => undefined);
    request.on("end", () => {
      answer(request, response, body);
    });
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer(take).listen(port, "127.0.0.1");
    await once(server, "listening");
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  };
  t.teardown(stop);
  return {
    address: `http://127.0.0.1:${port}`,
    arrived,
    looks,
    hang: () => (isHanging = true),
    stop,
    async startAgain() {
      server = await listen(port);
    },
  };
};

const startBefore = async (t: Test, replicas: readonly { readonly address: string }[], log = silent) => {
  const all = replicas.map(({ address }) => address).join(",");
  const upstreams = readUpstreams(`registration=${all} situation-center=${all}`);
  const gateway = await startGateway({ upstreams, host: "127.0.0.1", port: 0, environment, log });
  t.teardown(() => gateway.stop());
  while (!(await fetch(`${gateway.address}${READY}`)).ok) await environment.timers.sleep(10);
  return gateway.address;
};

const form = (key?: string, body = JSON.stringify({ name: "x" })): RequestInit => ({
  method: "POST",
  body,
  headers: { "content-type": "application/json", ...(key === undefined ? {} : { "idempotency-key": key }) },
});

const echo: Answer = (_, response, body) => void response.end(body);

t.test("nobody is answered 503 because one of two replicas went a moment ago, whatever was sent", async (t) => {
  const one = await startReplica(t, "one", echo);
  const other = await startReplica(t, "other", echo);
  const address = await startBefore(t, [one, other]);
  for (let round = 1; round <= 3; round += 1) {
    // The gateway has just looked, and takes it for ready as long as it does not look again.
    const { count } = one.looks;
    while (one.looks.count === count) await environment.timers.sleep(1);
    await one.stop();
    const list = "a line of a list\n".repeat(20_000);
    const streamed = { method: "POST", body: list, headers: { "content-type": "text/csv" } };
    for (const asked of [{}, form("a"), form(), streamed, {}, form("b")]) {
      const response = await fetch(`${address}/registration/cases`, asked);
      t.same([response.status, await response.text()], [200, "body" in asked ? asked.body : ""]);
    }
    await one.startAgain();
  }
  await Promise.all([one.stop(), other.stop()]);
  const response = await fetch(`${address}/registration/cases`, form("c"));
  t.equal(response.status, 503);
  t.match(await response.json(), { code: "service-away" });
});

t.test("one that is away is told once, however often it is tried", async (t) => {
  const only = await startReplica(t, "only", echo);
  const told: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void told.push(line) });
  const address = await startBefore(t, [only], log);
  await only.stop();
  for (let asked = 0; asked < 20; asked += 1)
    t.equal((await fetch(`${address}/registration/cases`, form("a"))).status, 503);
  t.ok(told.length <= 1, `told ${told.length} times`);
});

t.test("one that is back, or another behind its address, is asked before the gateway has seen it", async (t) => {
  const only = await startReplica(t, "only", echo);
  const address = await startBefore(t, [only]);
  const ask = () => fetch(`${address}/registration/cases`, form("a"));
  await only.stop();
  while ((await ask()).status !== 503) await environment.timers.sleep(10);
  for (let round = 1; round <= 3; round += 1) {
    await only.startAgain();
    const response = await ask();
    t.same([response.status, await response.text()], [200, form().body]);
    await only.stop();
    t.equal((await ask()).status, 503);
  }
});

t.test("what waits for a replica that hangs goes to one that does not, once and only where it is safe", async (t) => {
  const one = await startReplica(t, "one", echo);
  const other = await startReplica(t, "other", echo);
  const address = await startBefore(t, [one, other]);
  one.hang();
  const cut = new AbortController();
  const ask = (path: string, asked: RequestInit) =>
    fetch(`${address}/registration/${path}`, { ...asked, signal: cut.signal });
  const safe = [1, 2, 3, 4, 5, 6].flatMap((n) => [ask(`question-${n}`, {}), ask(`command-${n}`, form(`key-${n}`))]);
  const unsafe = [1, 2, 3, 4].flatMap((n) => [
    ask(`without-key-${n}`, form()),
    ask(`list-${n}`, { ...form(`list-${n}`), headers: { "content-type": "text/csv", "idempotency-key": `l-${n}` } }),
    ask(`large-${n}`, form(`large-${n}`, JSON.stringify("x".repeat(20_000)))),
  ]);
  let answered = 0;
  for (const each of unsafe)
    each.then(
      () => (answered += 1),
      () => undefined,
    );
  const answers = await Promise.all(safe);
  for (const answer of answers) t.equal(answer.status, 200);
  t.same(
    await Promise.all(answers.map((answer) => answer.text())),
    safe.map((_, n) => (n % 2 === 0 ? "" : form().body)),
  );
  const moved = one.arrived.filter((path) => /question|command/.test(path));
  t.ok(moved.length > 0, `${moved.length} came to the one that hangs first`);
  t.same(
    moved.filter((path) => !other.arrived.includes(path)),
    [],
  );
  const left = one.arrived.filter((path) => !/question|command/.test(path));
  t.same(
    left.filter((path) => other.arrived.includes(path)),
    [],
    `${left.length} others are left to wait`,
  );
  t.ok(left.length > 0);
  while (answered < unsafe.length - left.length) await environment.timers.sleep(10);
  t.equal(answered, unsafe.length - left.length);
  for (let n = 1; n <= 4; n += 1) t.equal((await ask(`later-${n}`, {})).status, 200);
  t.notMatch(one.arrived.join(), "later", "and nothing more is sent there");
  cut.abort();
});

t.test("a connection that breaks before the answer is tried elsewhere once, and nowhere a second time", async (t) => {
  const breaks: Answer = (_, response) => void response.socket?.destroy();
  const three = await Promise.all(["a", "b", "c"].map((name) => startReplica(t, name, breaks)));
  const address = await startBefore(t, three);
  const tries = () => three.flatMap(({ arrived }) => arrived).length;
  t.equal((await fetch(`${address}/registration/a`)).status, 503);
  t.equal(tries(), 2);
  t.equal((await fetch(`${address}/registration/b`, form())).status, 503);
  t.equal(tries(), 3, "a command without a key once");
});
