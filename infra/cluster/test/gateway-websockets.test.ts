import { once } from "node:events";
import type { Socket } from "node:net";
import { pino } from "pino";
import t from "tap";
import { openLine, startBehindGateway, UPGRADE } from "./support/raw-line.ts";

t.setTimeout(60_000);

t.test("a caller that resets its websocket is not told as a replica that does not answer", async (t) => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  let arrive: ((socket: Socket) => void) | undefined;
  const { port } = await startBehindGateway(t, { log, onUpgrade: (socket) => arrive?.(socket) });

  const callerAsks = async () => {
    const { promise: arrived, resolve } = Promise.withResolvers<Socket>();
    arrive = resolve;
    const line = openLine(t, port);
    line.write(...UPGRADE);
    const served = await arrived;
    served.once("end", () => served.end());
    return { caller: line.socket, served };
  };
  const reset = await callerAsks();
  const gone = once(reset.served, "close");
  reset.served.resume();
  reset.caller.resetAndDestroy();
  await gone;
  t.same(lines, []);

  const left = await callerAsks();
  const ended = once(left.caller, "close");
  left.served.destroy();
  await ended;
  t.match(lines.join(""), "a replica did not answer", "one that breaks off is told");
});
