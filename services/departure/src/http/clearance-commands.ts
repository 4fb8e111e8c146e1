import { departureContracts, isFactOf, isHeldOrEnded, type DecodedEvent } from "@safar/contracts";
import { command } from "@safar/service-kit";
import { onDeparture } from "../aggregates.ts";
import { emptyBody } from "./bodies.ts";

/** A refusal is on record, so it is no error; the answer says that it is one, and what is missing. */
const refusalOf = (events: readonly DecodedEvent[]): readonly string[] =>
  events.flatMap((event) =>
    isFactOf(departureContracts, event) && event.type === "ClearanceRefused"
      ? ["clearance-refused", ...event.data.missing.map((item) => `missing-${item}`)]
      : [],
  );

const requestClearance = command({
  name: "RequestClearance",
  path: "/cases/:caseId/clearances",
  summary: "Ask for clearance: granted, or refused on record with every item that is missing (in `warnings`)",
  body: emptyBody,
  to: async ({ params, edge }) =>
    onDeparture(params.caseId, {
      type: "RequestClearance",
      caseIsHeldOrEnded: isHeldOrEnded(await edge.standingOf(params.caseId)),
      on: edge.today,
    }),
  answer: (events) => ({ warnings: refusalOf(events) }),
});

export const clearanceCommands = [requestClearance];
