import t from "tap";
import { realEnvironment } from "../src/index.ts";
import { startSmallNode } from "./support/small-node.ts";

const { timers } = realEnvironment();
/** What the gateway waits for readiness: whoever takes longer is silent to it. */
const GATEWAY_WAITS_MS = 2_000;

t.test("a log that hangs is told in time, is asked once, and is well again as soon as it answers", async (t) => {
  const hanging = Promise.withResolvers<undefined>();
  let asked = 0;
  let hangs = false;
  const { node } = await startSmallNode(t, {
    seen: (store) => ({
      ...store,
      async head() {
        asked += 1;
        if (hangs) await hanging.promise;
        return store.head();
      },
    }),
  });
  const ask = async () => {
    const limit = new AbortController();
    const cancel = timers.after(GATEWAY_WAITS_MS, () => {
      limit.abort(new Error("readiness does not answer"));
    });
    const answer = await fetch(`${node.address}/health/ready`, { signal: limit.signal }).finally(cancel);
    return { status: answer.status, body: await answer.json() };
  };
  t.match(await ask(), { status: 200, body: { status: "ready", log: true, head: "0" } });
  hangs = true;
  asked = 0;
  const told = { status: 503, body: { status: "not-ready", log: false, vault: true, waiting: [] } };
  t.match(await Promise.all([ask(), ask(), ask()]), [told, told, told]);
  t.match(await ask(), told);
  t.equal(asked, 1, "behind a question that hangs no others gather");
  hangs = false;
  hanging.resolve(undefined);
  let found = await ask();
  while (found.status !== 200) {
    await timers.sleep(10);
    found = await ask();
  }
  t.match(found.body, { status: "ready", log: true, head: "0" });
});
