import type { ServiceProcess } from "./service-process.ts";
import type { System } from "./system.ts";

/** How far a service's reactions have come; one without reactions is never behind. */
export const reactedUpTo = (process: ServiceProcess): bigint => process.reacted() ?? 1n << 62n;

/** Who has not taken everything that is in the log yet; nobody: nothing follows from it any more. */
export const whoIsBehind = ({ audit, processes, watchers }: System): readonly string[] => {
  const head = audit.events.at(-1)?.position ?? -1n;
  const tables = processes.filter(({ runtime }) => (runtime?.readModel.position() ?? -1n) < head);
  const reactions = processes.filter((process) => reactedUpTo(process) < head);
  const watching = watchers.filter((watcher) => !watcher.isCaughtUp(head));
  return [
    ...tables.map(({ name }) => `the tables of ${name}`),
    ...reactions.map(({ name }) => `the reactions of ${name}`),
    ...watching.map(({ name }) => name),
  ];
};
