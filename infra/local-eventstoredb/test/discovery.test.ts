import { EventStoreDBClient, NO_STREAM } from "@eventstore/db-client";
import { realEnvironment } from "@safar/service-kit/environment";
import t from "tap";
import { startLocalEventStoreDb } from "../src/index.ts";
import { newStream, noted } from "./support/server.ts";

t.test("a client that discovers its cluster finds the stand-in as its leader", async (t) => {
  const server = await startLocalEventStoreDb({ environment: realEnvironment() });
  t.teardown(() => server.stop());
  // Two seeds make the client ask for the cluster; the second is not there.
  const client = EventStoreDBClient.connectionString(`esdb://127.0.0.1:${server.port},127.0.0.1:1?tls=false`);
  t.teardown(() => client.dispose());
  const appended = await client.appendToStream(newStream(), noted(0), { expectedRevision: NO_STREAM });
  t.ok(appended.success);
});
