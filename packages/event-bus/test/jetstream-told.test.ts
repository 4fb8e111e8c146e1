import t from "tap";
import { StoreUnavailable } from "@safar/event-store";
import { createWriter, journey } from "./journeys.ts";
import { openStore } from "./store.ts";
import { startConsumer, startRelay, type createBook } from "./support/cluster.ts";
import { createNatsServer, startNatsServer } from "./support/nats-server.ts";
import { until } from "./support/waiting.ts";

/** What the operator reads while something is away: its beginning and its end, in a line each, not one for each durable. */

type Book = ReturnType<typeof createBook>;
const linesOf = (book: Book, pattern: RegExp) => book.lines.filter(({ message }) => pattern.test(message));

t.setTimeout(180_000);
const cases = Array.from({ length: 40 }, (_, index) => journey(`case-${index}`, "1")).flat();

t.test("a first start, and NATS away: one line for each reason and process, and one when it is over", async (t) => {
  const server = await createNatsServer();
  t.teardown(() => server.remove());
  const store = openStore();
  await createWriter(store)(...cases);
  const consumer = startConsumer({ url: server.url, store, durable: "swift" });
  await until("many tries to connect", () => consumer.book.lines.length > 0);
  await server.start();
  await until("missing durables", () => linesOf(consumer.book, /^the relay has not made/).length > 0);
  const relay = startRelay({ url: server.url, store });
  await consumer.recorder.untilSeen(cases.length);
  await until("the end of that", () => linesOf(consumer.book, /^over: the relay has not made/).length > 0);
  t.match(linesOf(consumer.book, /relay has not made/), [
    { details: { kind: "missing", durables: 16 } },
    { details: { kind: "missing", durables: 16 } },
  ]);

  consumer.book.lines.length = 0;
  relay.book.lines.length = 0;
  await server.kill();
  await until("failing rounds", () => relay.status().state === "failing");
  await until("unanswered durables", () => linesOf(consumer.book, /^no messages can be had/).length > 0);
  await server.start();
  await until("all again", () => linesOf(consumer.book, /^over: no messages/).length > 0);
  await until("the relay's end of it", () => linesOf(relay.book, /reach the stream again/).length > 0);
  await Promise.all([relay.stop(), consumer.stop()]);
  t.ok(
    consumer.book.lines.length <= 6,
    `a consumer said ${consumer.book.lines.map(({ message }) => message).join("; ")}`,
  );
  t.ok(relay.book.lines.length <= 6, `the relay said ${relay.book.lines.map(({ message }) => message).join("; ")}`);
  for (const { details } of [...consumer.book.lines, ...relay.book.lines])
    t.notOk(
      Object.values(details).some((value) => value instanceof Error),
      "without a stack: it is no surprise",
    );
});

t.test("a log that is away is told once for all cases that wait, and when it is back", async (t) => {
  const server = await startNatsServer(t);
  const store = openStore();
  await createWriter(store)(...cases);
  let tries = 0;
  let isAway = true;
  const relay = startRelay({ url: server.url, store });
  const consumer = startConsumer({
    url: server.url,
    store,
    durable: "swift",
    async handle() {
      tries += 1;
      if (isAway) throw new Error("reaction", { cause: new StoreUnavailable("the log is away", "not-stored") });
    },
  });
  await until("that it is told", () => linesOf(consumer.book, /^the log does not answer/).length > 0);
  await until("many tries", () => tries > 32);
  t.equal(linesOf(consumer.book, /^event not handled/).length, 0);
  isAway = false;
  await consumer.recorder.untilSeen(cases.length);
  await until("its end", () => linesOf(consumer.book, /^over: the log/).length > 0);
  t.equal(linesOf(consumer.book, /log does not answer/).length, 2);
  await Promise.all([relay.stop(), consumer.stop()]);
});
