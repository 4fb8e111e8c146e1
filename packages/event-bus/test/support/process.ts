import { writeSync } from "node:fs";
import { startConsumer, startRelay } from "./cluster.ts";
import { openLogOf } from "./facts.ts";

/**
 * A process that a test kills: `relay URL COUNT`, or `consumer URL COUNT DURABLE [FATAL]`, which says each event that
 * it took on standard output and dies in the middle of the one named FATAL.
 */

const [, , role = "", url = "", count = "0", durable = "", fatal = ""] = process.argv;
const store = await openLogOf(Number(count));

/** At once and whole: the process gets no second chance to say it. */
const say = (line: string): void => void writeSync(1, `${line}\n`);

if (role === "relay") {
  const relay = startRelay({ url, store });
  setInterval(() => say(`${relay.status().published} ${relay.status().position}`), 20);
}
if (role === "consumer")
  startConsumer({
    url,
    store,
    durable,
    async handle(event) {
      const name = `${event.stream}:${String(event.data["to"])}`;
      if (name === fatal) process.kill(process.pid, "SIGKILL");
      say(name);
    },
  });
