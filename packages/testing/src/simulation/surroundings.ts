import type { EventStore } from "@safar/event-store";
import type { Vault } from "@safar/vault";
import type { BugName } from "./bugs/names.ts";
import type { Chance } from "./chance.ts";
import type { Faults } from "./faults.ts";
import type { ClearValues } from "./invariants/clear-values.ts";
import type { Link } from "./link.ts";
import type { Schedule } from "./schedule.ts";
import type { Witness } from "./witness.ts";

/** What all processes of one run live in: what outlives their crashes, and the way to it. */
export interface Surroundings {
  readonly schedule: Schedule;
  readonly chance: Chance;
  readonly faults: Faults;
  readonly link: Link;
  /** The log itself, which forgets nothing. */
  readonly store: EventStore;
  readonly vault: Vault;
  readonly witness: Witness;
  /** What is sealed in the log, in clear. */
  readonly values: ClearValues;
  /** The log as a process that may be away for a while. */
  readonly logAway: { isAway: boolean };
  /** The deliberate bug of this run, if it has one. */
  readonly bug: BugName | undefined;
}
