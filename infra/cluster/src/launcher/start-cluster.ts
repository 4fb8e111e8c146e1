import type { Environment } from "@safar/kernel";
import type { Settings } from "@safar/service-kit";
import { lookFirst } from "./look-first.ts";
import { planCluster } from "./plan.ts";
import type { Program } from "./program.ts";
import { supervise, type Supervised } from "./supervise.ts";

/** A cluster on this machine, each process started again when it ends. */
export interface Cluster {
  readonly address: string;
  readonly processes: readonly Supervised[];
  /** What the services were told: for tools beside them. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** Of the broker, where the launcher started it. */
  readonly monitoringUrl?: string;
  /** The gateway first and the servers last, so that nobody loses what it still works with. */
  stop(): Promise<void>;
}

/** Starts everything and waits until it is ready. What was started is stopped again when it fails. @throws NotDone */
export const startCluster = async (options: {
  readonly settings: Settings;
  readonly replicas: number;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  readonly tell: (line: string) => void;
  /** Stops what is being started. */
  readonly signal?: AbortSignal;
}): Promise<Cluster> => {
  const { environment, tell, signal } = options;
  await lookFirst(options.settings, tell);
  const plan = await planCluster(options);
  const stages: Supervised[][] = [];
  const stop = async (): Promise<void> => {
    for (const stage of stages.toReversed()) await Promise.all(stage.map((each) => each.stop()));
  };
  const start = async (programs: readonly Program[]): Promise<void> => {
    signal?.throwIfAborted();
    const stage = programs.map((program) => supervise(program, { environment, tell }));
    stages.push(stage);
    await Promise.all(stage.map(({ ready }) => ready));
  };
  try {
    await start(plan.servers);
    await start([plan.relay, ...plan.services]);
    await start([plan.gateway]);
    const { address, variables, monitoringUrl } = plan;
    return { address, processes: stages.flat(), variables, stop, ...(monitoringUrl && { monitoringUrl }) };
  } catch (error) {
    await stop();
    throw error;
  }
};
