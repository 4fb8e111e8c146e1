import type { Test } from "tap";
import { realEnvironment } from "@safar/service-kit";
import { freePorts } from "../../src/launcher/listening.ts";
import { relayProgram } from "../../src/launcher/our-programs.ts";
import type { Cluster } from "../../src/launcher/start-cluster.ts";
import { supervise } from "../../src/launcher/supervise.ts";

/** What a relay says of itself at its door. */
export interface RelayHealth {
  readonly relay?: string;
  readonly failure?: string;
}

/** One relay more beside a cluster's own, a process as that is. @returns asks it how it is */
export const startSecondRelay = async (t: Test, { variables }: Cluster): Promise<() => Promise<RelayHealth>> => {
  const [port = 0] = await freePorts(1);
  const relay = supervise(relayProgram(port, variables), { environment: realEnvironment(), tell: () => undefined });
  t.teardown(() => relay.stop());
  await relay.ready;
  return async () => (await (await fetch(`http://127.0.0.1:${port}/health/ready`)).json()) as RelayHealth;
};
