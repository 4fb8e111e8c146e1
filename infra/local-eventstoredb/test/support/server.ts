import { randomUUID } from "node:crypto";
import { EventStoreDBClient, jsonEvent } from "@eventstore/db-client";
import { realEnvironment } from "@safar/service-kit/environment";
import type { Test } from "tap";
import { startLocalEventStoreDb } from "../../src/index.ts";

/** With an address of a real EventStoreDB the same tests ask that: what both answer alike is what counts. */
export const realServer = process.env["EVENTSTORE_URL"];

/** One server and one client a file: the client shares a table of pending appends with every other in its process. */
export const startServer = async (
  t: Test,
  options: { readonly liveGraceMs?: number } = {},
): Promise<{ readonly url: string; readonly client: EventStoreDBClient }> => {
  const url = realServer ?? (await startHere(t, options));
  const client = EventStoreDBClient.connectionString(url);
  t.teardown(() => client.dispose());
  return { url, client };
};

const startHere = async (t: Test, options: { readonly liveGraceMs?: number }): Promise<string> => {
  const server = await startLocalEventStoreDb({ environment: realEnvironment(), ...options });
  t.teardown(() => server.stop());
  return server.url;
};

export const newStream = (): string => `tried-${randomUUID()}`;

export const noted = (note: number, id = randomUUID()) =>
  jsonEvent({ id, type: "Noted", data: { note }, metadata: { by: note } });

export const notes = (count: number) => Array.from({ length: count }, (_, note) => noted(note));
