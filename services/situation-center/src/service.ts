import { defineService } from "@safar/service-kit";
import { liveDoor } from "./http/live-door.ts";
import { pageDoor } from "./http/page-door.ts";
import { listCases } from "./http/queries.ts";
import { refusals } from "./http/refusals.ts";
import { cases, caseServices } from "./projections/case-lives.ts";

/** The live stream and the operators' page. It decides nothing. */
export const situationCenter = defineService({
  name: "situation-center",
  aggregates: [],
  commands: [],
  queries: [listCases],
  projections: [cases, caseServices],
  refusals,
  showsPage: true,
  async doors(server, runtime) {
    liveDoor(server, runtime);
    await pageDoor(server);
  },
});
