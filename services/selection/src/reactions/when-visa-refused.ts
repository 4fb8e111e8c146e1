import { VisaRefused, visaDocsContracts } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { application } from "../aggregates.ts";
import type { ApplicationCommand } from "../domain/application/commands.ts";
import type { ApplicationState } from "../domain/application/state.ts";

/** Back on reserve, before others; that the position returns follows from it. A journey begun abroad has none. */
export const whenVisaRefused = reaction({
  name: "when-visa-refused",
  on: [{ category: visaDocsContracts.category, contract: VisaRefused }],
  async then(event, edge) {
    const { round } = VisaRefused.schema.parse(event.data);
    const { state } = await edge.load<ApplicationState>(application, round);
    if (state.lifecycle.stage !== "accepted") return [];
    const command: ApplicationCommand = { type: "ReserveAfterVisaRefusal" };
    return [{ aggregate: application, id: round, command }];
  },
});
