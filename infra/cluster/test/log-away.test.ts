import t, { type Test } from "tap";
import { startLocalEventStoreDb } from "@safar/local-eventstoredb";
import { pino } from "pino";
import { WebSocket } from "ws";
import { readSettings, realEnvironment, startProcess } from "@safar/service-kit";
import { services } from "@safar/single-node";
import { checkLog, readLog, temporaryFolder, tokensOf } from "@safar/single-node/test-support";
import { simulate, type Acknowledged, type Part } from "@safar/simulator";
import { candidateBody, createClient, settle } from "@safar/testing";
import { startTcpProxy } from "./support/tcp-proxy.ts";

t.setTimeout(300_000);
const CUTS = Number(process.env["CUTS"] ?? 12);
const SETTLE_MS = 120_000;
const environment = realEnvironment();
const { timers, random } = environment;

/** All services in this process, with a line to the log's server that can be cut; and the server on a folder. */
const startOverLine = async (t: Test) => {
  const folder = await temporaryFolder(t);
  const place = { environment, folder: `${folder}/eventstore` };
  let eventstore = await startLocalEventStoreDb(place);
  const line = await startTcpProxy(eventstore.port);
  t.teardown(async () => {
    await line.stop();
    await eventstore.stop();
  });
  const EVENTSTORE_URL = `esdb://127.0.0.1:${line.port}?tls=false`;
  const { settings } = readSettings({ SAFAR_DATA: folder, SAFAR_PORT: "0", EVENTSTORE_URL });
  const onFatal = (error: Error): void => void t.fail(error.message);
  const log = pino({ level: "silent" });
  const running = await startProcess({ services, settings, environment, log, onFatal });
  t.teardown(() => running.stop());
  const restart = async (whileAway: () => Promise<void>): Promise<void> => {
    await eventstore.stop();
    await whileAway();
    eventstore = await startLocalEventStoreDb({ ...place, port: eventstore.port });
  };
  return { folder, running, line, restart, tokens: await tokensOf(folder) };
};

t.test(
  "while the log is away commands answer with a clear 503, and all goes on by itself when it is back",
  async (t) => {
    const { running, tokens, restart, line } = await startOverLine(t);
    const token = await tokens.of({ role: "registrar", unit: "1726" });
    const client = createClient(running.address, environment, token);
    const first = await client.post("/registration/cases", candidateBody(1), { key: "one" });
    t.equal(first.status, 201);
    await restart(async () => {
      const { status, body, headers } = await client.post("/registration/cases", candidateBody(2), { key: "two" });
      t.same([status, body.code], [503, "log-unavailable"]);
      t.match(headers.get("retry-after"), /^\d+$/);
      const ready = await client.get("/health/ready");
      t.same([ready.status, ready.body.log], [503, false]);
      t.equal((await client.get("/health/live")).status, 200, "it is alive all the same");
    });
    line.sever();
    t.equal((await client.post("/registration/cases", candidateBody(2), { key: "two" })).status, 503, "a cut line too");
    line.mend();
    const again = () => client.post("/registration/cases", candidateBody(2), { key: "two" });
    let answer = await again();
    while (answer.status === 503) {
      await timers.sleep(100);
      answer = await again();
    }
    t.equal(answer.status, 201);
    t.same((await again()).body, answer.body, "the same key has the same answer");
    await settle(running.kit, running.node, SETTLE_MS);
    t.equal((await client.get(`/registration/cases/${answer.body.caseId}`)).status, 200, "tables go on");
    const events = await readLog(running.kit.store, running.kit.decoder);
    t.equal(
      events.filter(({ type }) => type === "CandidateRegistered").length,
      2,
      "nothing is half done or done twice",
    );
  },
);

t.test("a line that is cut in the middle of appends and reads loses nothing and doubles nothing", async (t) => {
  const { running, tokens, line } = await startOverLine(t);
  const acknowledged: Acknowledged[] = [];
  const cutting = (async () => {
    for (let n = 0; n < CUTS; n += 1) {
      await timers.sleep(200 + random.fraction() * 800);
      line.cut();
    }
  })();
  const over = new AbortController();
  const done = cutting.finally(() => {
    over.abort();
  });
  for (let seed = 1; !over.signal.aborted; seed += 1)
    await simulate({
      seed,
      journeys: 10,
      speed: 200,
      address: running.address,
      environment,
      tokenOf: (part: Part) => tokens.of(part),
      onAcknowledged: (command) => acknowledged.push(command),
      patienceMs: 200_000,
    });
  await done;
  await settle(running.kit, running.node, SETTLE_MS);
  const events = await readLog(running.kit.store, running.kit.decoder);
  t.comment(`${line.cuts()} cuts, ${acknowledged.length} acknowledged commands, ${events.length} events`);
  checkLog(t, events);
  const positions = new Set(events.map(({ position }) => String(position)));
  t.same(
    acknowledged.filter(({ reply }) => !positions.has(String(reply.body["position"]))),
    [],
  );
});

t.test("the live stream refuses a position that no event of EventStoreDB has, and takes its own", async (t) => {
  const { running, tokens } = await startOverLine(t);
  const client = createClient(running.address, environment, await tokens.of({ role: "registrar", unit: "1726" }));
  t.equal((await client.post("/registration/cases", candidateBody(1), { key: "one" })).status, 201);
  const own = await running.kit.store.head();
  // More than are searched for the neighbours of a position.
  const many = () => ({ id: random.uuid(), type: "NoteTaken", data: Buffer.from("{}"), metadata: Buffer.from("{}") });
  for (const name of ["a", "b", "c"])
    await running.kit.store.append(`note-${name}`, "no-stream", Array.from({ length: 1_000 }, many));
  await settle(running.kit, running.node, SETTLE_MS);

  const headers = { authorization: `Bearer ${await tokens.of({ role: "operator" })}` };
  const socket = new WebSocket(`${running.address.replace("http", "ws")}/live`, "safar.v1", { headers });
  t.teardown(() => socket.terminate());
  const asked = { madeUp: "1", between: String(own - 1n), far: "9".repeat(19), own: String(own), start: "-1" };
  const answers = new Map<string, string>();
  const answered = new Promise<void>((resolve) => {
    socket.on("message", (data: Buffer) => {
      const message = JSON.parse(data.toString()) as { type: string; id: string; problem?: { code: string } };
      if (message.type === "refused") answers.set(message.id, message.problem?.code ?? "");
      if (message.type === "caughtUp") answers.set(message.id, "caughtUp");
      if (answers.size === Object.keys(asked).length) resolve();
    });
  });
  socket.on("open", () => {
    for (const [id, after] of Object.entries(asked)) socket.send(JSON.stringify({ type: "subscribe", id, after }));
  });
  await answered;
  const refused = "position-unknown";
  t.same(Object.fromEntries(answers), {
    madeUp: refused,
    between: refused,
    far: refused,
    own: "caughtUp",
    start: "caughtUp",
  });
});
