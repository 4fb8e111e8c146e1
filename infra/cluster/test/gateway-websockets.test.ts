import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { pino } from "pino";
import t from "tap";
import { realEnvironment } from "@safar/service-kit";
import { startGateway } from "../src/gateway/gateway.ts";
import { readUpstreams } from "../src/gateway/upstreams.ts";

t.setTimeout(60_000);
const environment = realEnvironment();
const ASKED = [
  "GET /live HTTP/1.1",
  "Host: safar",
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
];

t.test("a caller that resets its websocket is not told as a replica that does not answer", async (t) => {
  const page = createServer((_, response) => void response.end("{}")).listen(0, "127.0.0.1");
  await once(page, "listening");
  t.teardown(() => {
    page.close();
    page.closeAllConnections();
  });
  const upstreams = readUpstreams(`situation-center=http://127.0.0.1:${(page.address() as AddressInfo).port}`);
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const gateway = await startGateway({ upstreams, host: "127.0.0.1", port: 0, environment, log });
  t.teardown(() => gateway.stop());
  while (!(await fetch(`${gateway.address}/health/ready`)).ok) await environment.timers.sleep(10);

  const callerAsks = async () => {
    const caller = connect(Number(new URL(gateway.address).port), "127.0.0.1");
    caller.on("error", () => undefined);
    caller.write(`${ASKED.join("\r\n")}\r\n\r\n`);
    const [, served] = (await once(page, "upgrade")) as [unknown, NonNullable<typeof caller>];
    served.on("error", () => undefined);
    served.once("end", () => served.end());
    return { caller, served };
  };
  const reset = await callerAsks();
  const gone = once(reset.served, "close");
  reset.served.resume();
  reset.caller.resetAndDestroy();
  await gone;
  t.same(lines, []);

  const left = await callerAsks();
  const ended = once(left.caller, "close");
  left.caller.resume();
  left.served.destroy();
  await ended;
  t.match(lines.join(""), "a replica did not answer", "one that breaks off is told");
});
