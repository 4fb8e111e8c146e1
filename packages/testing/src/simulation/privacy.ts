import type { surroundingsOf } from "./base.ts";
import { createPlaces, type Places } from "./invariants/places.ts";
import { createReadings, type Readings } from "./invariants/readings.ts";
import type { ServiceProcess } from "./service-process.ts";

/** Who is shown what of a person, and what is left of one who was erased. */
export interface Privacy {
  readonly readings: Readings;
  readonly places: Places;
  /** Erases the person of a case, as somebody does who may, beside all services: none of them is told. */
  erase(caseId: string): Promise<void>;
  /** What the log and the disks of these processes hold. */
  look(processes: readonly ServiceProcess[]): void;
}

export const createPrivacy = ({ surroundings, audit, verdict }: ReturnType<typeof surroundingsOf>): Privacy => {
  const { schedule, vault, values } = surroundings;
  const readings = createReadings({ audit, values, schedule, verdict });
  const places = createPlaces(values, verdict);
  return {
    readings,
    places,
    async erase(caseId) {
      const personId = readings.personOf(caseId);
      if (personId === undefined) throw new Error(`there is no case ${caseId}`);
      schedule.trace.note(`the person of ${caseId} is erased`);
      await vault.destroyKey(personId);
      readings.erased(personId);
    },
    look(processes) {
      for (const { stream, revision, data, meta } of audit.events)
        places.saw(`the log (${stream} ${revision})`, JSON.stringify([data, meta]));
      for (const process of processes) for (const row of process.rows()) places.saw(`a table of ${process.name}`, row);
    },
  };
};
