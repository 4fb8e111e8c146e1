import type { Test } from "tap";
import { checkLog, readLog } from "@safar/single-node/test-support";
import { checkAcknowledged, checkReactions, checkSubscriber } from "./afterwards.ts";
import { FOREIGN_ID } from "./broker.ts";
import type { FaultyCluster } from "./faulty-cluster.ts";

/** Once everything has settled: nothing acknowledged is lost, nothing half done or done twice, and all of it got out. */
export const checkWhole = async (t: Test, cluster: FaultyCluster): Promise<void> => {
  const { store, decoder, acknowledged, received } = cluster;
  await cluster.settle();
  const events = await readLog(store, decoder);
  t.comment(`${acknowledged.length} acknowledged commands, ${events.length} events`);
  checkLog(t, events);
  checkAcknowledged(t, acknowledged, events);
  checkReactions(t, events);
  const published = events.filter((event) => decoder.contractOf(event)?.isPublished);
  const ofTheRelay = received.filter((id) => id !== FOREIGN_ID);
  checkSubscriber(t, ofTheRelay, published);
  await cluster.checkReadModels(t);
};
