import t from "tap";
import { checkJourneys } from "@safar/single-node/test-support";
import { clusterMissing, startClusterGround } from "./support/ground.ts";

t.setTimeout(600_000);

t.test(
  "a journey of every kind comes to its end through seven services in processes of their own, two of each",
  { skip: clusterMissing() },
  async (t) => {
    const ground = await startClusterGround(t, { replicas: 2 });
    await checkJourneys(t, ground);
    t.same(ground.told, [], "no process ended by itself");
  },
);
