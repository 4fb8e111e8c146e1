import type { Decoder } from "@safar/contracts";
import type { EventStore } from "@safar/event-store";
import { realEnvironment } from "@safar/service-kit";
import type { Cluster } from "../../src/launcher/start-cluster.ts";

const { clock, timers } = realEnvironment();
/** A loaded machine takes its time; what never comes is found all the same. */
const LIMIT_MS = 180_000;
const LOOK_EVERY_MS = 100;

interface Consumer {
  readonly name: string;
  readonly num_pending: number;
  readonly num_ack_pending: number;
}

/** The stream of published events and its durables, as JetStream's own monitoring tells them. */
export const streamOf = async ({ monitoringUrl = "" }: Pick<Cluster, "monitoringUrl">) => {
  const response = await fetch(`${monitoringUrl}/jsz?streams=true&consumers=true`);
  const { account_details: accounts = [] } = (await response.json()) as {
    readonly account_details?: readonly {
      readonly stream_detail?: readonly {
        readonly name: string;
        readonly state: { readonly messages: number };
        readonly consumer_detail?: readonly Consumer[];
      }[];
    }[];
  };
  const stream = accounts.flatMap((account) => account.stream_detail ?? []).find(({ name }) => name === "SAFAR");
  return { messages: stream?.state.messages ?? 0, consumers: stream?.consumer_detail ?? [] };
};

const countPublished = async (store: EventStore, decoder: Decoder): Promise<number> => {
  let published = 0;
  for await (const stored of store.readAll())
    if (decoder.contractOf(decoder.decode(stored))?.isPublished) published += 1;
  return published;
};

/** Who is behind, as words; none: every table, the stream and every durable have taken all that is in the log. */
const behind = async (ground: { cluster: Cluster; address: string; store: EventStore; decoder: Decoder }) => {
  const { cluster, address, store, decoder } = ground;
  const head = await store.head();
  const metrics = await (await fetch(`${address}/metrics`)).text();
  const tables = [...metrics.matchAll(/^safar_read_model_position\{process="([\w-]+)".*\} (-?\d+)$/gm)];
  const services = cluster.processes.filter(({ program }) => /-\d+$/.test(program.name)).length;
  const slow = tables.filter(([, , position]) => BigInt(position ?? -1) < head).map(([, name]) => name ?? "");
  if (tables.length < services) slow.push(`${services - tables.length} processes do not answer`);
  const { messages, consumers } = await streamOf(cluster);
  for (const { name, num_pending, num_ack_pending } of consumers)
    if (num_pending + num_ack_pending > 0) slow.push(`${name}: ${num_pending} and ${num_ack_pending} pending`);
  const published = slow.length === 0 ? await countPublished(store, decoder) : messages;
  if (messages < published) slow.push(`the stream has ${messages} of ${published} published events`);
  if (slow.length === 0 && (await store.head()) !== head) slow.push("the log goes on");
  return slow;
};

/** Waits until everything that is in the log has been taken everywhere, and what follows from it. */
export const settleCluster = async (ground: {
  readonly cluster: Cluster;
  readonly address: string;
  readonly store: EventStore;
  readonly decoder: Decoder;
}): Promise<void> => {
  const deadline = clock.monotonic() + LIMIT_MS;
  for (;;) {
    const slow = await behind(ground).catch((error: unknown) => [String(error)]);
    if (slow.length === 0) return;
    if (clock.monotonic() > deadline) throw new Error(`never settled: ${slow.join(", ")}`);
    await timers.sleep(LOOK_EVERY_MS);
  }
};
