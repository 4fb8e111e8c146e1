import type { Socket } from "node:net";
import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { hurried, openLine, startBehindGateway, UPGRADE } from "./support/raw-line.ts";

t.setTimeout(120_000);
const { timers } = realEnvironment();

t.test("an upgrade to anything but a websocket is answered as if it were none", async (t) => {
  const { port, arrived } = await startBehindGateway(t, { onUpgrade: (socket) => socket.destroy() });
  const line = openLine(t, port);
  line.write(
    "GET /registration/cases HTTP/1.1",
    "Host: safar",
    "Connection: Upgrade, HTTP2-Settings, close",
    "Upgrade: h2c",
    "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
    "",
    "",
  );
  t.match(await line.untilClosed(), /^HTTP\/1\.1 200 OK[^]*from the service/);
  const { headers } = arrived[0]!;
  t.same([headers.upgrade, headers["http2-settings"]], [undefined, undefined], "the service is offered nothing");

  const posted = openLine(t, port);
  const head = ["POST /registration/cases HTTP/1.1", "Host: safar", "Connection: upgrade", "Upgrade: websocket"];
  posted.write(...head, "Content-Length: 4", "", "body");
  t.match(await posted.said(/from the service/), /^HTTP\/1\.1 200 OK/);
  t.equal(arrived[1]!.body, "body");
});

t.test("a websocket that no service answers ends with a 503 within its limit", async (t) => {
  const { port } = await startBehindGateway(t, { environment: hurried(50), onUpgrade: () => undefined });
  const line = openLine(t, port);
  line.write(...UPGRADE);
  t.match(await line.untilClosed(), /^HTTP\/1\.1 503 [^]*retry-after: 1[^]*"code":"service-away"/i);
});

t.test("so many websockets may wait for an answer, and those over it are refused at once", async (t) => {
  const waiting: Socket[] = [];
  const { port } = await startBehindGateway(t, { onUpgrade: (socket) => void waiting.push(socket) });
  const lines = Array.from({ length: 600 }, () => openLine(t, port));
  for (const line of lines) line.write(...UPGRADE);
  const refused = await Promise.all(lines.slice(512).map((line) => line.untilClosed()));
  for (const answer of refused)
    t.match(answer, /^HTTP\/1\.1 503 [^]*application\/problem\+json[^]*"code":"service-away"/);
  t.equal(lines.filter((line) => line.answer() === "").length, 512);
  while (waiting.length < 512) await timers.sleep(10);
  t.equal(waiting.length, 512);
});

t.test("a caller that never closes does not keep the gateway, nor does one that never reads on", async (t) => {
  const { port, gateway, begun } = await startBehindGateway(t, {
    environment: hurried(50),
    onUpgrade: (socket) =>
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"),
  });
  const line = openLine(t, port);
  line.socket.allowHalfOpen = true;
  line.write(...UPGRADE);
  await line.said(/^HTTP\/1\.1 101 /);
  const sending = openLine(t, port);
  sending.write("POST /registration/cases HTTP/1.1", "Host: safar", "Content-Length: 1000", "", "never the rest");
  while (begun.length === 0) await timers.sleep(10);
  await gateway.stop();
  t.equal(line.socket.readableEnded || line.socket.destroyed, true);
});

t.test("what cannot be told apart from a second request is no request", async (t) => {
  const { port, arrived } = await startBehindGateway(t);
  const hidden = "GET /hidden HTTP/1.1\r\nHost: safar\r\n\r\n";
  const head = ["POST /registration/cases HTTP/1.1", "Host: safar"];
  const attempts = [
    ["Content-Length: 5", "Transfer-Encoding: chunked", "", `0\r\n\r\n${hidden}`],
    ["Transfer-Encoding: chunked", "Content-Length: 5", "", `0\r\n\r\n${hidden}`],
    ["Content-Length: 5", "Content-Length: 6", "", `12345${hidden}`],
    ["Content-Length: +5", "", `12345${hidden}`],
    ["Transfer-Encoding: xchunked", "", `0\r\n\r\n${hidden}`],
    ["Transfer-Encoding : chunked", "", `0\r\n\r\n${hidden}`],
    ["Transfer-Encoding: chunked", "", `5;\n${hidden}`],
  ];
  for (const lines of attempts) {
    const line = openLine(t, port);
    line.write(...head, ...lines);
    const answer = await line.untilClosed();
    t.match(answer, /^HTTP\/1\.1 400 Bad Request[^]*"code":"request-unreadable"/, String(lines[0]));
    t.equal(answer.match(/^HTTP\/1\.1 \d/gm)?.length, 1, "one answer, and the connection ends");
  }
  t.same(
    arrived.filter(({ url }) => url === "/hidden"),
    [],
    "nothing was smuggled to the service",
  );
});

t.test("no word of a caller about the connection takes away where a body ends", async (t) => {
  const { port, arrived } = await startBehindGateway(t);
  const hidden = "GET /hidden HTTP/1.1\r\nHost: safar\r\n\r\n";
  for (const [name, field, body] of [
    ["content-length", `Content-Length: ${hidden.length}`, hidden],
    ["transfer-encoding", "Transfer-Encoding: chunked", `${hidden.length.toString(16)}\r\n${hidden}\r\n0\r\n\r\n`],
  ] as const) {
    const line = openLine(t, port);
    line.write("GET /registration/cases HTTP/1.1", "Host: safar", `Connection: close, ${name}`, field, "", body);
    t.match(await line.untilClosed(), /from the service/);
  }
  t.same(
    arrived.map(({ url, body }) => [url, body]),
    [
      ["/registration/cases", hidden],
      ["/registration/cases", hidden],
    ],
  );
});

t.test(
  "what a caller says of the connection goes no further, and of those before it only with its own address behind",
  async (t) => {
    const { port, arrived } = await startBehindGateway(t);
    const line = openLine(t, port);
    line.write(
      "GET http://elsewhere/registration/cases?of=1 HTTP/1.1",
      "Host: safar",
      "Connection: x-forwarded-for, x-own, via, authorization",
      "X-Own: 1",
      "Authorization: Bearer of-this-hop",
      "TE: trailers",
      "Keep-Alive: timeout=5",
      "Proxy-Authorization: Basic eA==",
      "X-Forwarded-For: 192.0.2.7",
      "X-Forwarded-Host: elsewhere",
      "X-Forwarded-Proto: https",
      "X-Real-IP: 127.0.0.1",
      "Forwarded: for=127.0.0.1",
      "Via: 1.1 nobody",
      "Accept-Language: ru",
      "",
      "",
    );
    const answer = await line.said(/from the service/);
    const [{ url, headers } = { url: "", headers: {} }] = arrived;
    t.equal(url, "/registration/cases?of=1", "a whole address is its path");
    t.same(headers, {
      host: "safar",
      "accept-language": "ru",
      via: "1.1 safar-gateway",
      "x-forwarded-for": "192.0.2.7, 127.0.0.1",
      connection: "keep-alive",
    });
    t.notMatch(answer, /timeout=72/, "nor does what the service says of its own connection");
    t.match(answer, /connection: keep-alive/i);
  },
);

t.test("headers that are too large or come too slowly are refused", async (t) => {
  const { port } = await startBehindGateway(t);
  const large = openLine(t, port);
  large.write("GET / HTTP/1.1", "Host: safar", `X-Large: ${"x".repeat(20_000)}`, "", "");
  t.match(await large.untilClosed(), /^HTTP\/1\.1 431 [^]*"code":"headers-too-large"/);
  const slow = openLine(t, port);
  slow.write("GET / HTTP/1.1", "Host: safar", "X-Slow: ");
  t.match(await slow.untilClosed(), /^HTTP\/1\.1 408 [^]*"code":"request-too-slow"/);
});

t.test("no spelling of a path leads elsewhere than its plain one", async (t) => {
  const { port, arrived } = await startBehindGateway(t);
  const passed = [
    "//metrics",
    "/%2e%2e/metrics",
    "/registration/%2e%2e/metrics",
    "/%2fmetrics",
    "/%256detrics",
    "/%zz",
  ];
  for (const path of passed) {
    const line = openLine(t, port);
    line.write(`GET ${path} HTTP/1.1`, "Host: safar", "Connection: close", "", "");
    t.match(await line.untilClosed(), /from the service/, path);
  }
  t.same(
    arrived.map(({ url }) => url),
    passed,
    "a service gets them as they were written, and decides",
  );
  for (const path of ["/%6detrics", "/metrics?a=/registration", "http://elsewhere/metrics"]) {
    const line = openLine(t, port);
    line.write(`GET ${path} HTTP/1.1`, "Host: safar", "Connection: close", "", "");
    t.notMatch(await line.untilClosed(), /from the service/, path);
  }
});
