import { once } from "node:events";
import { createServer as createHttp2Server } from "node:http2";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import t, { type Test } from "tap";
import { collect, eventOf, notesOf, streamIn } from "./support/events.ts";
import { openAt } from "./support/open-eventstoredb.ts";
import { startProxy } from "./support/proxy.ts";
import { serverFor } from "./support/servers.ts";
import { until } from "./support/until.ts";
import { watch } from "./support/watch.ts";

/* Connections that stand and bring nothing, and that nobody but the adapter notices. */

const listening = async (t: Test, server: Pick<Server, "listen" | "address" | "close" | "once">): Promise<number> => {
  server.listen(0, "127.0.0.1");
  await once(server as Server, "listening");
  t.teardown(() => void server.close());
  return (server.address() as AddressInfo).port;
};

/** Takes every call and says that it went wrong. */
const startRefuser = async (t: Test): Promise<number> => {
  const refuser = createHttp2Server((_, answer) => {
    answer.writeHead(500).end();
  });
  refuser.on("session", (session) => t.teardown(() => session.destroy()));
  return listening(t, refuser);
};

/** An address whose new connections lead where the test says. */
const startSwitch = async (t: Test, target: number) => {
  const nearEnds = new Set<Socket>();
  let port = target;
  const server = createServer((near) => {
    const far = connect(port, "127.0.0.1");
    nearEnds.add(near);
    for (const [from, to] of [[near, far] as const, [far, near] as const])
      from.on("error", () => undefined).on("close", () => to.destroy());
    near.pipe(far).pipe(near);
  });
  const end = (): void => {
    for (const near of nearEnds) near.destroy();
  };
  t.teardown(end);
  return {
    port: await listening(t, server),
    /** @param andEnd whether connections that stand are ended */
    leadTo(target: number, andEnd: boolean) {
      port = target;
      if (andEnd) end();
    },
  };
};

/*
 * The client asks a server once for its features, before its first append, and keeps a refusal of that question for
 * ever: whoever answers it wrongly once, as a balancer that has no server yet, would end all appends of the process.
 */
t.test("a connection on which appends are refused for ever is replaced, and the next one appends", async (t) => {
  const url = await serverFor(t);
  const [, right] = /:(\d+)/.exec(url) ?? [];
  const [refuser, line] = [await startRefuser(t), await startSwitch(t, Number(right))];
  const reports: string[] = [];
  const store = await openAt(t, url.replace(/127\.0\.0\.1:\d+|localhost:\d+/, `127.0.0.1:${line.port}`), {
    report: (problem) => void reports.push(String(problem)),
  });
  // What the log's numbering is has to be known first: reads ask nothing of a server's features.
  await store.head();
  line.leadTo(refuser, true);
  const [stream, events] = [streamIn("note"), [eventOf("refused once")]];
  const first: unknown = await store.append(stream, "no-stream", events).catch((problem: unknown) => problem);
  t.match(first, { name: "StoreUnavailable" });
  // The connection that refuses stands: the client would ask nobody else, and not ask again.
  line.leadTo(Number(right), false);
  await until(() =>
    store.append(stream, "no-stream", events).then(
      () => true,
      () => false,
    ),
  );
  t.match(reports.join(), /the connection to EventStoreDB is replaced/);
  t.same(notesOf(await collect(store.readStream(stream))), ["refused once"]);
});

t.test("who only follows the log notices a frozen connection too", async (t) => {
  // The client says that so short an interval is not recommended.
  t.capture(console, "warn");
  const proxy = await startProxy(t, `${await serverFor(t)}&keepAliveInterval=500&keepAliveTimeout=500`);
  const store = await openAt(t, proxy.url);
  const watcher = watch(store, { after: await store.head() });
  await watcher.untilCaughtUp();
  const next = watcher.events(1);
  proxy.freeze();
  await until(() => proxy.connections() === 2);
  await store.append(streamIn("note"), "no-stream", [eventOf("after")]);
  t.same(notesOf(await next), ["after"]);
  watcher.abort();
});
