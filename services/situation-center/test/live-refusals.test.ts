import t from "tap";
import { WebSocket } from "ws";
import { refusedOf, register, startNode, watch } from "./support/watching.ts";

/** What a watcher is refused, before the connection and on it. */

t.test("before the upgrade a stranger gets 401 and a role that may not watch 403", async (t) => {
  const node = await startNode(t);
  const statusOf = (headers: Record<string, string>) =>
    new Promise((resolve) => {
      const socket = new WebSocket(`${node.address.replace("http", "ws")}/live`, "safar.v1", { headers });
      socket.on("unexpected-response", (_request, response) => {
        resolve(response.statusCode);
        socket.terminate();
      });
      socket.on("error", () => undefined);
    });
  t.equal(await statusOf({}), 401);
  t.equal(await statusOf({ authorization: `Bearer ${await node.tokenOf({ role: "trainer" })}` }), 403);
});

t.test("a malformed message closes the socket with 4400", async (t) => {
  const node = await startNode(t);
  const watcher = await watch(node);
  watcher.say({ type: "subscribe", id: "x", filter: { colours: ["red"] } });
  t.equal(await watcher.closed, 4400);
});

t.test("what is refused is told as a problem in the watcher's language, and the connection stays", async (t) => {
  const node = await startNode(t);
  const watcher = await watch(node, undefined, { "accept-language": "ru" });
  watcher.say({ type: "filter", id: "none", filter: {} });
  for (let n = 0; n <= 32; n += 1) watcher.say({ type: "subscribe", id: `s${n}` });
  const [unknown, tooMany] = refusedOf(await watcher.until((messages) => refusedOf(messages).length === 2));
  t.match(unknown, { id: "none", problem: { code: "subscription-unknown", status: 404, title: /[а-я]/, detail: /./ } });
  t.match(tooMany, { id: "s32", problem: { code: "too-many-subscriptions", status: 409, detail: /32/, traceId: /./ } });
  t.equal(watcher.socket.readyState, WebSocket.OPEN);
  watcher.socket.close();
});

t.test("a position that the log has not reached is refused, and a snapshot is to be had", async (t) => {
  const node = await startNode(t);
  await register(node, 1);
  await node.settled();
  const watcher = await watch(node);
  for (const [id, after] of Object.entries({ far: "1000000", farthest: "9".repeat(19) }))
    watcher.say({ type: "subscribe", id, after });
  await watcher.until((messages) => refusedOf(messages).length === 2);
  t.match(refusedOf(watcher.messages)[0], {
    problem: { code: "position-unknown", status: 404, detail: /without `after`/ },
  });
  t.notOk(watcher.messages.some(({ type }) => type === "caughtUp"));
  watcher.say({ type: "subscribe", id: "far" });
  await watcher.until((messages) => messages.some(({ type }) => type === "snapshot"));
  watcher.socket.close();
});
