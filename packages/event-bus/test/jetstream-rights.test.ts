import t from "tap";
import { createWriter, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { startConsumer, startRelay } from "./support/cluster.ts";
import { createNatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";

/** Rights that an operator takes by mistake, and gives again: the server tells of it once, and forgets the subscription. */

t.setTimeout(180_000);

const rights = (denied: string) => ({
  more: `authorization { users: [
    { user: relay, password: r, permissions: { subscribe: { deny: [ ${denied} ] } } }
    { user: swift, password: s, permissions: { subscribe: { deny: [ ${denied} ] } } }
  ] }`,
});
const ALL = rights("");
const NO_ANSWERS = rights(`"_INBOX.>"`);

t.test("relay and consumer go on by themselves once they may hear answers again", async (t) => {
  const server = await createNatsServer(ALL);
  t.teardown(() => server.remove());
  await server.start();
  const as = (user: string): string => server.url.replace("//", `//${user}@`);
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: as("relay:r"), store });
  const consumer = startConsumer({ url: as("swift:s"), store, durable: "swift" });
  await write(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);

  await server.change(NO_ANSWERS);
  await server.kill("SIGHUP");
  await until("its refusal", () => consumer.bus.status().denied > 0);
  await write(...journey("a", "2"));
  await until("the relay's failure", () => relay.status().state === "failing");
  t.ok(relay.book.has(/NATS refused something/), "which is told");
  const answered = relay.status().published;

  await server.change(ALL);
  await server.kill("SIGHUP");
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:2"));
  await write(...journey("a", "3"));
  await until("an answer to the relay", () => relay.status().published > answered);
  await Promise.all([relay.stop(), consumer.stop()]);
});
