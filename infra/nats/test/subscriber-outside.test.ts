import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync } from "node:fs";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import t from "tap";
import { startSecured } from "./support/secured.ts";
import { move, until } from "./support/world.ts";

/** The program that docs/operating/subscribers.md gives to other teams, run as it stands there. */

t.setTimeout(180_000);
const EXAMPLE = join(import.meta.dirname, "example/subscriber.ts");
const PAGE = join(import.meta.dirname, "../../../docs/operating/subscribers.md");
const { folder, port, site, stream, store, relay, durable, as, count } = await startSecured(t);
const database = join(folder, "events.sqlite");

/** The files as the operator hands them over. */
const files = join(folder, "nats-ministry");
mkdirSync(files);
const { credsFile, certFile, keyFile } = site.filesOf("ministry");
await copyFile(credsFile, join(files, "credentials"));
await copyFile(certFile, join(files, "certificate"));
await copyFile(keyFile, join(files, "key"));
await copyFile(site.caFile, join(files, "ca"));

const children: ChildProcess[] = [];
const start = (): ChildProcess => {
  const variables = { SUBSCRIBER: "ministry", FILES: files, DATABASE: database, NATS_URL: `tls://localhost:${port}` };
  const child = spawn(process.execPath, [EXAMPLE], { env: { ...process.env, ...variables }, stdio: "pipe" });
  children.push(child);
  return child;
};
const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, "exit");
  child.kill(signal);
  await ended;
  return child.exitCode;
};
t.teardown(() => Promise.all(children.map((child) => end(child, "SIGKILL"))));

/** What it did: ids that it took, and how many events it counted. */
const done = (): { readonly ids: number; readonly counted: number } => {
  try {
    const reader = new DatabaseSync(database, { readOnly: true });
    try {
      const ids = reader.prepare("SELECT count(*) AS n FROM applied").get()?.["n"];
      const counted = reader.prepare("SELECT total(count) AS n FROM types").get()?.["n"];
      return { ids: Number(ids), counted: Number(counted) };
    } finally {
      reader.close();
    }
  } catch {
    return { ids: 0, counted: 0 };
  }
};
const hasCaughtUp = async (): Promise<boolean> => {
  const mine = await durable("ministry");
  return mine?.waiting === 0 && mine.unacknowledged === 0 && mine.delivered === (await count());
};

t.test("the page has the very program that is tried here", (t) => {
  t.ok(readFileSync(PAGE, "utf8").includes(`\`\`\`ts\n${readFileSync(EXAMPLE, "utf8")}\`\`\``));
  t.end();
});

t.test("it takes each event once: killed, past a forged message, and when the stream is built again", async (t) => {
  await move(store, "a", "1", "2", "3");
  const first = start();
  await until("three events", () => done().ids === 3);
  await end(first, "SIGKILL");

  // Nobody but the relay's own credentials could do so.
  const forger = await as("relay");
  forger.nats.publish("safar.events.registration.JourneyMoved._._.1", JSON.stringify({ eventId: "x", type: "Forged" }));
  await forger.nats.drain();
  await until("the forged message", () => relay.status().foreign === 1);
  await move(store, "b", "1", "2");
  const second = start();
  await until("five events", async () => done().ids === 5 && (await hasCaughtUp()));
  t.same(done(), { ids: 5, counted: 5 });

  await stream.remove();
  await until("the stream, built again", () => relay.status().rebuilds > 0 || relay.status().published >= 10);
  await move(store, "c", "1");
  await until("all events again", async () => done().ids === 6 && (await hasCaughtUp()));
  t.same(done(), { ids: 6, counted: 6 }, "what came again was known");
  t.equal(await count(), 6);
  t.equal(await end(second, "SIGTERM"), 0, "asked to stop, it ends in peace");
});
