import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { onTravelGroup } from "../aggregates.ts";
import { reasonBody, travelGroupBody } from "./bodies.ts";

const formTravelGroup = command({
  name: "FormTravelGroup",
  path: "/travel-groups",
  summary: "Set a block of places on one flight aside for a group",
  body: travelGroupBody,
  creates: true,
  to: ({ body, edge }) => ({
    ...onTravelGroup(idFromTransaction(edge.transactionId, "travel-group"), { type: "FormTravelGroup", group: body }),
    header: { destination: body.destination },
  }),
});

const cancelGroupFlight = command({
  name: "CancelGroupFlight",
  path: "/travel-groups/:id/cancelled-flights",
  summary: "Record that a group's flight was cancelled; every ticket of the group follows",
  body: reasonBody,
  to: ({ params, body }) => onTravelGroup(params.id, { type: "CancelGroupFlight", reason: body.reason }),
});

export const travelGroupCommands = [formTravelGroup, cancelGroupFlight];
