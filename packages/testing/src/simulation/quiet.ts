import type { System } from "./system.ts";

/** Whose tables or reactions have not come so far. */
export const whoIsBehind = (position: bigint, { processes, subscribers }: System): readonly string[] => [
  ...processes
    .filter(({ runtime }) => (runtime?.readModel.position() ?? -1n) < position)
    .map(({ name }) => `the tables of ${name}`),
  ...subscribers.behind(position),
];

/** What has not come to its end yet; nothing: nothing follows from the log any more. */
export const whatIsOpen = (system: System): readonly string[] => {
  const { audit, watchers } = system;
  const head = audit.events.at(-1)?.position ?? -1n;
  return [
    ...whoIsBehind(head, system),
    ...watchers.filter((watcher) => !watcher.isCaughtUp(head)).map(({ name }) => name),
    ...audit.openReservations(),
  ];
};
