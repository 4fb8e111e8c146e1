import t from "tap";
import { checkJourneys } from "@safar/single-node/test-support";
import { clusterMissing, startClusterGround } from "./support/ground.ts";

t.setTimeout(600_000);

/**
 * A log that runs already, instead of the stand-in: empty, and nobody else's meanwhile. It is not `EVENTSTORE_URL`, to
 * which the contract suite appends whatever it likes.
 */
const { CLUSTER_EVENTSTORE_URL: EVENTSTORE_URL = "" } = process.env;

t.test(
  "a journey of every kind comes to its end through seven services in processes of their own, two of each",
  { skip: clusterMissing() },
  async (t) => {
    const ground = await startClusterGround(t, {
      replicas: 2,
      ...(EVENTSTORE_URL === "" ? {} : { variables: { EVENTSTORE_URL } }),
    });
    const head = await ground.store.head();
    if (head !== -1n) throw new Error(`the log holds events up to ${head} already: name one that is empty`);
    await checkJourneys(t, ground);
    t.same(ground.told, [], "no process ended by itself");
  },
);
