import { defineService } from "@safar/service-kit";
import { eventsDoor } from "./http/events-door.ts";
import { accessDoor, historyDoor, stateDoor } from "./http/history-door.ts";
import { caseStreams } from "./projections/case-streams.ts";
import { events } from "./projections/events.ts";

/** Case histories, the time machine, and who looked at what. It decides nothing. */
export const audit = defineService({
  name: "audit",
  aggregates: [],
  commands: [],
  projections: [caseStreams, events],
  refusals: {},
  doors(server, runtime) {
    for (const door of [historyDoor, stateDoor, accessDoor, eventsDoor]) door(server, runtime);
  },
});
