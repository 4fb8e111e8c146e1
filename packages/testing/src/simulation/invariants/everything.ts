import type { System } from "../system.ts";
import { findDifferences } from "./read-models.ts";

/** What can be seen only once everything has come to its end. */
export const verifyEverything = async (system: System): Promise<void> => {
  const { processes, store, decoder, verdict, witness, answers, subscribers, watchers, audit, privacy } = system;
  await witness.verify();
  answers.verify();
  subscribers.verify();
  system.verifyStream();
  for (const watcher of watchers) watcher.verify();
  privacy.readings.verify();
  privacy.look(processes);
  privacy.places.verify();
  for (const { runtime } of processes) if (runtime) await findDifferences({ store, decoder, verdict, runtime });
  const parked = audit.events.find(({ type }) => type === "EventParked");
  if (parked) verdict.broken(9, `an event was parked in ${parked.stream} (${JSON.stringify(parked.data)})`);
};
