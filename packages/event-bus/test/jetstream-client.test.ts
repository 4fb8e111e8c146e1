import { once } from "node:events";
import { connect, createServer, type AddressInfo } from "node:net";
import t from "tap";
import { createWriter, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { openJetStream } from "../src/jetstream/index.ts";
import { createBook, startConsumer, startRelay } from "./support/cluster.ts";
import { createNatsServer, startNatsServer } from "./support/nats-server.ts";
import { quickEnvironment as environment } from "./support/quick-environment.ts";
import { until } from "./support/waiting.ts";

/** How the client of NATS is told to hold on: its own defaults end it, or let it wait for minutes. */

t.setTimeout(180_000);
/** The client's own number of tries to connect again, after which it closes for good. */
const TRIES_OF_THE_CLIENT = 10;

t.test("an outage of more tries than the client's own ends nothing", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url: server.url, store });
  const fatal: Error[] = [];
  const consumer = startConsumer({ url: server.url, store, durable: "swift", onFatal: (error) => fatal.push(error) });
  await write(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);
  await server.kill();
  let tries = 0;
  // In its place something that hangs up: two clients try, so the slower one has tried often enough by then.
  const hangsUp = createServer((socket) => {
    tries += 1;
    socket.destroy();
  }).listen(server.port, "127.0.0.1");
  await once(hangsUp, "listening");
  await until("many tries", () => tries > 3 * TRIES_OF_THE_CLIENT);
  hangsUp.close();
  await once(hangsUp, "close");
  await server.start();
  await write(...journey("a", "2"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:2"));
  t.strictSame(fatal, []);
  await Promise.all([relay.stop(), consumer.stop()]);
});

t.test("a server that froze is left for another that was away at first, though its connections stand", async (t) => {
  const [frozen, other] = [await createNatsServer(), await createNatsServer()];
  t.teardown(() => Promise.all([frozen.remove(), other.remove()]));
  await frozen.start();
  const url = `${frozen.url},${other.url}`;
  const store = openStore();
  const write = createWriter(store);
  const relay = startRelay({ url, store });
  const consumer = startConsumer({ url, store, durable: "swift" });
  await write(...journey("a", "1"));
  await consumer.recorder.untilSeen(1);
  // From here on nothing is answered, nothing is refused, and no connection ends.
  await frozen.kill("SIGSTOP");
  await other.start();
  await write(...journey("a", "2"));
  await consumer.recorder.until(() => consumer.recorder.names().includes("journey-a:2"));
  await until("both have left it", () => consumer.bus.status().isConnected && relay.status().state === "publishing");
  await Promise.all([relay.stop(), consumer.stop()]);
});

t.test("who stops while its first connection waits for servers that all went away is let go", async (t) => {
  const server = await startNatsServer(t);
  let tries = 0;
  let isOpen = true;
  const left: Promise<unknown>[] = [];
  // It lets the first one in, who only looks whether somebody is there, and hangs up on those that follow.
  const door = createServer((socket) => {
    tries += 1;
    socket.on("error", () => undefined);
    if (!isOpen) return void socket.destroy();
    isOpen = false;
    left.push(once(socket, "close"));
    const behind = connect(server.port, "127.0.0.1");
    behind.on("error", () => undefined);
    socket.pipe(behind).pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(door, "listening");
  t.teardown(() => door.close());
  const url = `nats://127.0.0.1:${(door.address() as AddressInfo).port}`;
  const consumer = startConsumer({ url, store: openStore(), durable: "swift" });
  await until("it waits", () => tries > 2);
  await consumer.stop();
  t.notOk(consumer.bus.status().isConnected);
  isOpen = true;
  await until("it was let in after all", () => left.length === 2);
  await Promise.all(left);
});

t.test("who is not let in at the first connection is told to end, and does not knock for ever", async (t) => {
  const server = await createNatsServer({ more: "authorization { user: relay, password: right }" });
  t.teardown(() => server.remove());
  await server.start();
  const fatal: Error[] = [];
  const consumer = startConsumer({
    url: server.url.replace("//", "//relay:wrong@"),
    store: openStore(),
    durable: "swift",
    onFatal: (error) => fatal.push(error),
  });
  await until("its end", () => fatal.length > 0);
  t.match(fatal, [{ message: /NATS does not let us in; look at the credentials/ }]);
  t.notMatch(JSON.stringify(consumer.book.lines), /wrong/, "the password is told nobody");
  await consumer.stop();
});

for (const [what, signal] of [
  ["frozen", "SIGSTOP"],
  ["killed", "SIGKILL"],
] as const)
  t.test(`what is closed while the server is ${what} ends, though nothing is answered any more`, async (t) => {
    const server = await startNatsServer(t);
    const store = openStore();
    const relay = startRelay({ url: server.url, store });
    const consumer = startConsumer({ url: server.url, store, durable: "swift" });
    await createWriter(store)(...journey("a", "1"));
    await consumer.recorder.untilSeen(1);
    let open = 2;
    const killed = server.kill(signal);
    for (const part of [relay, consumer]) void part.stop().then(() => (open -= 1));
    await killed;
    await until("the end of both", () => open === 0);
  });

t.test("who sent what has no answer yet when its connection is closed is told so", async (t) => {
  const server = await startNatsServer(t);
  const { stream, close } = openJetStream({
    url: server.url,
    limits: { storage: "memory" },
    environment,
    log: createBook(),
    onFatal: (error) => t.fail(error.message),
  });
  await stream.ensure();
  await server.kill("SIGSTOP");
  const message = { id: "1", subject: "safar.events.a.B._._.0", headers: {}, body: new Uint8Array(0) };
  let answer: unknown;
  stream.publish(message, { lastSequence: 0 }).catch((error: unknown) => (answer = error));
  await close();
  await until("an answer", () => answer !== undefined);
  t.match(answer, { reason: "away" });
});
