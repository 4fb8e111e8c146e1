import type { Test } from "tap";
import type { DecodedEvent } from "@safar/contracts";
import { checkLog, readLog } from "@safar/single-node/test-support";
import type { FaultyCluster } from "./faulty-cluster.ts";

const linesOf = (events: readonly DecodedEvent[]) => {
  const ofCases = Map.groupBy(events, ({ stream, meta }) => meta.caseId ?? stream);
  return Object.fromEntries([...ofCases].map(([line, own]) => [line, own.map(({ id }) => id)]));
};

/** Facts that one reaction recorded in one stream more than once. */
const reactedTwice = (events: readonly DecodedEvent[]): readonly DecodedEvent[][] => {
  const reacted = events.filter(({ meta }) => meta.actor.kind === "system" && meta.causationId !== undefined);
  const ofOneReaction = Map.groupBy(reacted, ({ stream, meta }) => `${stream} ${meta.transactionId}`);
  return [...ofOneReaction.values()].filter(
    (own) => new Set(own.map(({ type, data }) => `${type} ${JSON.stringify(data)}`)).size < own.length,
  );
};

/** Once everything has settled: nothing acknowledged is lost, nothing half done or done twice, and all of it got out. */
export const checkWhole = async (t: Test, cluster: FaultyCluster): Promise<void> => {
  const { store, decoder, acknowledged, received } = cluster;
  await cluster.settle();
  const events = await readLog(store, decoder);
  checkLog(t, events);
  const positions = new Set(events.map(({ position }) => String(position)));
  const lost = acknowledged.filter(({ reply }) => !positions.has(String(reply.body["position"])));
  t.same(lost, [], "every acknowledged command is in the log");
  t.same(reactedTwice(events), [], "every reaction took place once");
  const published = events.filter((event) => decoder.contractOf(event)?.isPublished);
  const known = new Map(published.map((event) => [event.id, event]));
  const came = [...new Set(received)].flatMap((id) => known.get(id) ?? []);
  t.equal(came.length, published.length, "every published event reached the subscriber outside");
  t.same(linesOf(came), linesOf(published), "and each case's in the log's order");
  await cluster.checkReadModels(t);
  t.comment(`${acknowledged.length} acknowledged commands, ${events.length} events, ${received.length} messages`);
};
