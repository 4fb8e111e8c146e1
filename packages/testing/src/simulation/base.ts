import type { Decoder } from "@safar/contracts";
import { openMemoryEventStore } from "@safar/event-store";
import { openMemoryVault } from "@safar/vault";
import { chanceOf } from "./chance.ts";
import { createFaults } from "./faults.ts";
import { createEnvironment } from "./incarnation.ts";
import { createClearValues } from "./invariants/clear-values.ts";
import { createLogAudit } from "./invariants/log.ts";
import { createLink } from "./link.ts";
import type { RunOptions } from "./run.ts";
import { createSchedule } from "./schedule.ts";
import type { Surroundings } from "./surroundings.ts";
import { createVerdict } from "./verdict.ts";
import { createWitness } from "./witness.ts";

/** What outlives every process: log, vault and the way to them. */
export const surroundingsOf = (options: RunOptions, decoder: Decoder, skewOf: (name: string) => number) => {
  const chance = chanceOf(`seed ${options.seed}`);
  const schedule = createSchedule();
  const verdict = createVerdict();
  const faults = createFaults(chance.fork("faults"));
  const everlasting = (name: string) =>
    createEnvironment(schedule, chance.fork(name), { name, isAlive: true }, () => skewOf(name));
  const store = openMemoryEventStore({ environment: everlasting("log") });
  const vault = openMemoryVault({ environment: everlasting("vault") });
  const audit = createLogAudit(store, decoder, verdict);
  const values = createClearValues(vault, everlasting("values"), audit);
  const witness = createWitness(store, audit, values, verdict);
  const surroundings: Surroundings = {
    schedule,
    chance: chance.fork("links"),
    faults,
    link: createLink(schedule, faults),
    store,
    vault,
    witness,
    values,
    logAway: { isAway: false },
    bug: options.bug,
  };
  return { chance, schedule, verdict, store, audit, witness, surroundings };
};
