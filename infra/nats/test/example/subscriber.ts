import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { connect, nkeyAuthenticator, type JsMsg } from "nats";

// NATS_URL=tls://localhost:4222 SUBSCRIBER=ministry FILES=./nats-ministry DATABASE=events.sqlite node subscriber.ts
const { NATS_URL = "", SUBSCRIBER = "", FILES = "", DATABASE = "" } = process.env;
const fileOf = (name: string): string => join(FILES, name);

const database = new DatabaseSync(DATABASE);
database.exec("CREATE TABLE IF NOT EXISTS applied (event TEXT PRIMARY KEY) STRICT");
database.exec("CREATE TABLE IF NOT EXISTS types (type TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT");
const remember = database.prepare("INSERT INTO applied (event) VALUES (?) ON CONFLICT DO NOTHING");
const count = database.prepare("INSERT INTO types VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1");

/** What you do with an event, in one transaction with its id: done wholly or not at all, and never twice. */
const apply = (event: { readonly eventId: string; readonly type: string }): void => {
  database.exec("BEGIN IMMEDIATE");
  try {
    if (remember.run(event.eventId).changes === 1) count.run(event.type);
    database.exec("COMMIT");
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
};

/** Only the relay's messages tell of events: each names its event twice, and the place behind which it stands. */
const isEvent = ({ headers, seq }: JsMsg): boolean =>
  headers?.get("ce-specversion") === "1.0" &&
  headers.get("ce-id") !== "" &&
  headers.get("Nats-Msg-Id") === headers.get("ce-id") &&
  headers.get("Nats-Expected-Last-Sequence") === String(seq - 1);

/** A message that is not acknowledged comes again: so it is acknowledged last. */
const take = (message: JsMsg): void => {
  if (isEvent(message)) apply(message.json());
  else console.error(`message ${message.seq} is none of the relay's and is passed over`);
  message.ack();
};

const nats = await connect({
  servers: NATS_URL.split(","),
  name: SUBSCRIBER,
  inboxPrefix: `_INBOX.${SUBSCRIBER}`,
  authenticator: nkeyAuthenticator(readFileSync(fileOf("credentials"))),
  tls: { caFile: fileOf("ca"), certFile: fileOf("certificate"), keyFile: fileOf("key") },
  // For ever, and soon: otherwise a server that is away ends the connection, and a frozen one is noticed after minutes.
  maxReconnectAttempts: -1,
  waitOnFirstConnect: true,
  pingInterval: 5_000,
  maxPingOut: 2,
});
const stopping = new AbortController();
const isStopping = (): boolean => stopping.signal.aborted;
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => stopping.abort());
// Credentials that are no longer taken end the connection for good: so the process ends too.
void nats.closed().then(() => process.exit(isStopping() ? 0 : 1));

const { consumers } = nats.jetstream({ apiPrefix: "LOG.API" });
while (!isStopping())
  try {
    // Throws while the relay has not made the durable, and after it was removed with a stream that is built again.
    const consumer = await consumers.get("SAFAR", SUBSCRIBER);
    while (!isStopping()) {
      const message = await consumer.next({ expires: 5_000 });
      if (message) take(message);
      else await consumer.info();
    }
  } catch (error) {
    console.error(`no events at present, it is tried again: ${String(error)}`);
    await pause(1_000);
  }
// What was acknowledged goes out first.
await nats.drain();
