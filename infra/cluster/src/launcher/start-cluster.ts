import type { Environment } from "@safar/kernel";
import type { Settings } from "@safar/service-kit";
import { lookFirst } from "./look-first.ts";
import { folderOfCluster, planCluster, type Plan } from "./plan.ts";
import type { Program } from "./program.ts";
import { keepRunningFile } from "./running-file.ts";
import { startGuard } from "./start-guard.ts";
import { supervise, type Supervised } from "./supervise.ts";
import { takeOver } from "./take-over.ts";

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

interface Options {
  readonly settings: Settings;
  readonly replicas: number;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly environment: Environment;
  /** Log, broker and vault alone, so that a node's data can be moved there. */
  readonly isServersOnly?: boolean;
  /** What a person has to know: what ended, what was found. */
  readonly tell: (line: string) => void;
  /** What is being started. */
  readonly onProgress?: (line: string) => void;
  /** Stops what is being started. */
  readonly signal?: AbortSignal;
  /** Kills what is being stopped. */
  readonly killing?: AbortSignal;
}

/** What takes longer to be ready is told of, and then again and again. */
const TELL_EVERY_MS = 15_000;

/** Rejects with the signal's reason. */
const aborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal?.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
  });

/** What is started, stage by stage, and how all of it is stopped. */
const createStages = (folder: string, options: Options) => {
  const { environment, tell, onProgress, signal, killing } = options;
  const running = keepRunningFile(folder);
  const guard = startGuard(folder);
  const stages: Supervised[][] = [];
  const stopped = aborted(signal);
  stopped.catch(() => undefined);
  /** Tells now and then who is not ready yet; the returned function ends that. */
  const tellWaiting = (stage: readonly Supervised[]): (() => void) => {
    const waiting = new Set(stage);
    for (const each of stage)
      void each.ready.then(
        () => waiting.delete(each),
        () => undefined,
      );
    let cancel = (): void => undefined;
    const tellLater = (): void => {
      cancel = environment.timers.after(TELL_EVERY_MS, () => {
        onProgress?.(`still waiting for ${[...waiting].map(({ program }) => program.name).join(", ")}`);
        tellLater();
      });
    };
    tellLater();
    return () => {
      cancel();
    };
  };
  return {
    processes: (): readonly Supervised[] => stages.flat(),
    async start(programs: readonly Program[]): Promise<void> {
      if (programs.length === 0) return;
      signal?.throwIfAborted();
      onProgress?.(`starting ${programs.map(({ name }) => name).join(", ")}`);
      const ground = { environment, tell, running, stage: stages.length, killing };
      const stage = programs.map((program) => supervise(program, ground));
      stages.push(stage);
      const endTelling = tellWaiting(stage);
      await Promise.race([Promise.all(stage.map(({ ready }) => ready)), stopped]).finally(endTelling);
    },
    async stop(): Promise<void> {
      for (const stage of stages.toReversed()) await Promise.all(stage.map((each) => each.stop()));
      running.remove();
      await guard.dismiss();
    },
  };
};

/** The relay before the services, which wait for what it makes. */
const inOrder = ({ servers, relay, services, gateway }: Plan): readonly (readonly Program[])[] => [
  servers,
  [relay],
  services,
  [gateway],
];

/** Starts everything and waits until it is ready. What was started is stopped again when it fails. @throws NotDone */
export const startCluster = async (options: Options): Promise<Cluster> => {
  const { settings, environment, tell, onProgress } = options;
  await takeOver(folderOfCluster(settings), environment, tell);
  await lookFirst(settings, options);
  const plan = await planCluster(options);
  const stages = createStages(plan.folder, options);
  try {
    const { address, relayAddress, variables, monitoringUrl } = plan;
    for (const programs of options.isServersOnly === true ? [plan.servers] : inOrder(plan))
      await stages.start(programs);
    if (options.isServersOnly !== true)
      onProgress?.(`figures of all processes are at ${address}/metrics, the relay's alone at ${relayAddress}/metrics`);
    const stop = (): Promise<void> => stages.stop();
    return { address, processes: stages.processes(), variables, stop, ...(monitoringUrl && { monitoringUrl }) };
  } catch (error) {
    await stages.stop();
    throw error;
  }
};
