import { headers } from "nats";
import t from "tap";
import { partitionOf, PARTITIONS } from "@safar/contracts";
import { natsVersion } from "@safar/testing/servers";
import { startSecured } from "./support/secured.ts";
import { move, until } from "./support/world.ts";

/**
 * The server does not check the subject that a request names for its answer. Here a service has every answer that it can
 * get sent to wherever it would do harm: an empty one is an acknowledgement, a message is a request.
 */

const { server, store, as, count, durable } = await startSecured(t);
const API = "LOG.API";
const next = (name: string): string => `${API}.CONSUMER.MSG.NEXT.SAFAR.${name}`;
const partition = partitionOf({ streamId: "a" });
const others = `visa-docs-reactions-${partition}`;
const own = `training-reactions-${partition}`;
const empty = `training-reactions-${(partition + 1) % PARTITIONS}`;

/** Requests, and what comes of each: nothing there (404), time over (408), not understood (400), a message, a description. */
const REQUESTS: readonly (readonly [subject: string, body: string])[] = [
  [next(empty), '{"batch":1,"no_wait":true}'],
  [next(empty), '{"batch":1,"expires":1000000000}'],
  [next(empty), "{"],
  [next(own), '{"batch":1,"no_wait":true}'],
  [`${API}.STREAM.INFO.SAFAR`, ""],
  [`${API}.CONSUMER.INFO.SAFAR.${empty}`, ""],
];

/** A service whose message waits for its acknowledgement, and who else hears something. */
const startVictim = async () => {
  const { nats } = await as("visa-docs");
  const heard: string[] = [];
  nats.subscribe("_INBOX.visa-docs.>", { callback: (_error, { subject }) => void heard.push(subject) });
  const message = await nats.request(next(others), '{"batch":1}', { noMux: true, timeout: 10_000 });
  const acknowledge = async (): Promise<void> => {
    // Without a word, as an empty answer of the server would be.
    nats.publish(message.reply ?? "");
    await until("the acknowledgement", async () => (await durable(others))?.unacknowledged === 0);
    await nats.close();
  };
  await until("the wait for its acknowledgement", async () => (await durable(others))?.unacknowledged === 1);
  heard.length = 0;
  return { nats, heard, message, acknowledge };
};

const states = async (): Promise<string> => JSON.stringify([await durable(others), await count()]);

/** Sends every request with an answer to each target, and waits until the last of them has been answered. */
const tryAll = async (targets: readonly string[]): Promise<readonly string[]> => {
  const { nats, refused } = await as("training");
  const forged = headers();
  forged.set("Nats-Msg-Id", "forged");
  for (const reply of targets)
    for (const [subject, body] of REQUESTS) nats.publish(subject, body, { reply, headers: forged });
  await nats.flush();
  // One that waits as long as those before it: its answer comes behind theirs.
  const last = await nats.request(next(empty), '{"batch":1,"expires":1500000000}', { noMux: true, timeout: 10_000 });
  t.equal(last.headers?.code, 408);
  await nats.close();
  return refused;
};

t.test("no answer of the server acknowledges, asks or says anything in another's name", async (t) => {
  await move(store, "a", "1", "2", "3", "4");
  await until("the events", async () => (await count()) === 4);
  const { heard, message, acknowledge } = await startVictim();
  const before = await states();
  const refused = await tryAll([
    message.reply ?? "",
    next(others),
    `${API}.CONSUMER.INFO.SAFAR.${others}`,
    `$JS.API.CONSUMER.MSG.NEXT.SAFAR.${others}`,
    "$JS.API.STREAM.DELETE.SAFAR",
    "_INBOX.visa-docs.guessed",
    "_INBOX.relay.guessed",
    "safar.events.registration.JourneyMoved._._.1",
    next(empty),
    `${API}.STREAM.INFO.SAFAR`,
    `${API}.CONSUMER.INFO.SAFAR.${empty}`,
  ]);
  t.comment(`refused at once: ${new Set(refused).size}`);
  t.equal(await states(), before, "durable and stream are as they were");
  t.strictSame(heard, [], "and nobody else heard anything");
  // The other way round: what the answers carried would have been an acknowledgement.
  await acknowledge();
});

// One message with such a reply subject ends nats-server 2.9, whose imports recurse over it for ever.
const skip = natsVersion().startsWith("2.9.") ? "nats-server 2.9 does not live through it; 2.15.1 does" : false;
t.test("a reply subject with wildcards does no harm either", { skip }, async (t) => {
  const { heard, acknowledge } = await startVictim();
  const before = await states();
  await tryAll([">", "_INBOX.>", "_INBOX.visa-docs.>", "_INBOX.*.*", `${API}.>`, next(">"), "safar.events.>"]);
  t.equal(await states(), before);
  t.strictSame(heard, []);
  await acknowledge();
});

t.test("a service that floods the server harms nobody but itself", async (t) => {
  const { nats, heard, acknowledge } = await startVictim();
  const flood = await as("training");
  const pulled = JSON.stringify({ batch: 1, expires: 60_000_000_000 });
  for (let sent = 0; sent < 20_000; sent += 1)
    flood.nats.publish(next(empty), pulled, { reply: `_INBOX.training.${sent}` });
  await flood.nats.flush();
  t.equal(flood.nats.info?.max_payload, 65_536, "and what it sends is small");
  const before = await count();
  await move(store, "flooded", "1");
  await until("a new event", async () => (await count()) > before);
  t.match((await nats.request(`${API}.STREAM.INFO.SAFAR`)).json(), { config: { name: "SAFAR" } });
  t.strictSame(heard.length, 1, "the answer to its own question");
  await acknowledge();
  await flood.nats.close();
  t.equal(server.kills, 0);
});
