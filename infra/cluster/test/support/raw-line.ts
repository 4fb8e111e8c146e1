import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import type { Test } from "tap";
import { pino, type Logger } from "pino";
import type { Environment } from "@safar/kernel";
import { realEnvironment } from "@safar/service-kit";
import { startGateway } from "../../src/gateway/gateway.ts";
import { readUpstreams } from "../../src/gateway/upstreams.ts";

/** A request as it came to the service behind the gateway. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const READY = "/health/ready";

/** What a browser sends for `/live`. */
export const UPGRADE = [
  "GET /live HTTP/1.1",
  "Host: safar",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  "",
  "",
] as const;

/** A service that tells what came to it, behind a gateway; upgrades are left to `onUpgrade`, which may never answer. */
export const startBehindGateway = async (
  t: Test,
  {
    environment = realEnvironment(),
    log = pino({ level: "silent" }),
    onUpgrade,
  }: { environment?: Environment; log?: Logger; onUpgrade?: (socket: Socket) => void } = {},
) => {
  const arrived: Arrived[] = [];
  const begun: string[] = [];
  const sockets = new Set<Socket>();
  const service = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    let body = "";
    if (url !== READY) begun.push(url);
    request.on("error", () => undefined);
    request.on("data", (part: Buffer) => (body += part.toString()));
    request.on("end", () => {
      if (url !== READY) arrived.push({ method, url, headers, body });
      response.setHeader("keep-alive", "timeout=72");
      response.end("from the service");
    });
  }).listen(0, "127.0.0.1");
  if (onUpgrade)
    service.on("upgrade", (_request, socket: Socket) => {
      sockets.add(socket.on("error", () => undefined));
      onUpgrade(socket);
    });
  await once(service, "listening");
  const { port: behind } = service.address() as AddressInfo;
  const upstreams = readUpstreams(
    `situation-center=http://127.0.0.1:${behind} registration=http://127.0.0.1:${behind}`,
  );
  const gateway = await startGateway({ upstreams, host: "127.0.0.1", port: 0, environment, log });
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy();
    await gateway.stop();
    service.closeAllConnections();
    service.close();
  });
  while (!(await fetch(`${gateway.address}${READY}`)).ok) await realEnvironment().timers.sleep(20);
  return { arrived, begun, gateway, port: Number(new URL(gateway.address).port) };
};

/** A connection on which a test writes what no client would. */
export const openLine = (t: Test, port: number) => {
  const socket = connect(port, "127.0.0.1");
  t.teardown(() => socket.destroy());
  socket.on("error", () => undefined);
  let answer = "";
  socket.on("data", (part: Buffer) => (answer += part.toString()));
  const closed = new Promise((resolve) => socket.once("close", resolve));
  return {
    socket,
    answer: () => answer,
    write: (...lines: readonly string[]) => socket.write(lines.join("\r\n")),
    /** Resolves once a pattern stands in what came back. */
    async said(pattern: RegExp): Promise<string> {
      while (!pattern.test(answer))
        await Promise.race([once(socket, "data"), closed.then(() => fail(pattern, answer))]);
      return answer;
    },
    /** Everything that came back until the other side closed. */
    async untilClosed(): Promise<string> {
      await closed;
      return answer;
    },
  };
};

const fail = (pattern: RegExp, answer: string): never => {
  throw new Error(`closed without ${String(pattern)}: ${answer}`);
};

/** A clock whose limits come sooner, so that nobody waits for a grace of seconds. */
export const hurried = (times: number): Environment => {
  const environment = realEnvironment();
  const { timers } = environment;
  return { ...environment, timers: { ...timers, after: (ms, callback) => timers.after(ms / times, callback) } };
};
