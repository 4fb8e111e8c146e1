import { EventStoreDBClient, END, NO_STREAM, UnknownError, type AppendResult } from "@eventstore/db-client";
import { realEnvironment } from "@safar/service-kit/environment";
import t, { type Test } from "tap";
import { startLocalEventStoreDb } from "../src/index.ts";
import { startCommand, temporaryFolder } from "./support/child.ts";
import { newStream, noted, notes } from "./support/server.ts";
import { follow } from "./support/subscriber.ts";

/*
 * One client a test, that finds the server at the same port again. The next one's comes when nothing is in flight: all
 * clients of a process share one table of pending appends.
 */
const WRITERS = 16;
const KILLS = 3;
/** Acknowledged appends after which the process is killed. */
const APPENDS_A_KILL = 150;

const revisionsOf = async (client: EventStoreDBClient, stream: string): Promise<number[]> => {
  const read: number[] = [];
  for await (const { event } of client.readStream(stream)) read.push(Number(event!.revision));
  return read;
};

/** A repeat while the server is away is refused at once; the client connects again by itself. */
const repeatUntilDone = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Error) || !/UNAVAILABLE|ECONN|RST_STREAM|shutting down|dropped/i.test(error.message))
        throw error;
      await realEnvironment().timers.sleep(50);
    }
  }
};

const appendUntilKilled = async (t: Test, client: EventStoreDBClient, kill: () => Promise<unknown>) => {
  const acknowledged = new Map<string, number>();
  let left = APPENDS_A_KILL;
  let killed: Promise<unknown> | undefined;
  const write = async (): Promise<void> => {
    const stream = newStream();
    for (let revision = 0; ; revision += 1) {
      const expectedRevision = revision === 0 ? NO_STREAM : BigInt(revision - 1);
      try {
        await client.appendToStream(stream, noted(revision), { expectedRevision });
      } catch {
        return;
      }
      acknowledged.set(stream, revision + 1);
      left -= 1;
      if (left === 0) killed = kill();
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, write));
  await killed;
  t.ok(left <= 0, `killed after ${APPENDS_A_KILL - left} acknowledged appends`);
  return acknowledged;
};

t.test("what was acknowledged outlives kill -9, and a repeat is known after it", async (t) => {
  const folder = await temporaryFolder(t);
  let command = startCommand(t, ["--data", folder, "--port", "0"]);
  const url = await command.ready();
  const { port } = new URL(url);
  const client = EventStoreDBClient.connectionString(url);
  t.teardown(() => client.dispose());
  const stream = newStream();
  const events = notes(3);
  const append = (): Promise<AppendResult> => client.appendToStream(stream, events, { expectedRevision: NO_STREAM });
  const first = await append();
  let lost = 0;
  for (let round = 0; round < KILLS; round += 1) {
    const acknowledged = await appendUntilKilled(t, client, () => command.kill());
    command = startCommand(t, ["--data", folder, "--port", port]);
    await command.ready();
    t.same(await repeatUntilDone(append), first, "the first answer again");
    for (const [name, count] of acknowledged) {
      const revisions = await revisionsOf(client, name);
      t.same(
        revisions,
        Array.from(revisions, (_, revision) => revision),
      );
      if (revisions.length < count) lost += 1;
    }
  }
  t.equal(lost, 0);
  t.same(await revisionsOf(client, stream), [0, 1, 2]);
});

t.test(
  "a server that stops answers what is under way and ends its calls, and goes on in the same folder",
  async (t) => {
    const folder = await temporaryFolder(t);
    const environment = realEnvironment();
    const server = await startLocalEventStoreDb({ environment, folder });
    const client = EventStoreDBClient.connectionString(server.url);
    t.teardown(() => client.dispose());
    const stream = newStream();
    const first = await client.appendToStream(stream, notes(2), { expectedRevision: NO_STREAM });
    const subscriber = follow(client.subscribeToStream(stream, { fromRevision: END }));
    await subscriber.until(() => subscriber.heard.includes("caughtUp"));
    await server.stop();
    const error = await subscriber.failed;
    t.ok(error instanceof UnknownError && Number(error.code) === 13, String(error));
    const again = await startLocalEventStoreDb({ environment, folder, port: server.port });
    t.teardown(() => again.stop());
    const next = await repeatUntilDone(() => client.appendToStream(stream, noted(2), { expectedRevision: 1n }));
    t.equal(next.nextExpectedRevision, 2n);
    t.ok(next.position!.commit > first.position!.commit);
    t.same(await revisionsOf(client, stream), [0, 1, 2]);
  },
);
