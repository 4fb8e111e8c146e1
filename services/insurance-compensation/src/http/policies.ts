import { command } from "@safar/service-kit";
import { onPolicy } from "../aggregates.ts";
import { activationBody, issueBody, reasonBody } from "./bodies.ts";
import { grantPremiumSubsidy } from "./subsidies.ts";

export const policyCommands = [
  command({
    name: "IssuePolicy",
    path: "/policies/:id/issues",
    summary: "Issue a quoted policy",
    body: issueBody,
    to: ({ params, body }) => onPolicy(params.id, { type: "IssuePolicy", ...body }),
  }),
  command({
    name: "ActivatePolicy",
    path: "/policies/:id/activations",
    summary: "Put an issued policy into force; departure then knows that the candidate is covered",
    body: activationBody,
    to: ({ params, body }) => onPolicy(params.id, { type: "ActivatePolicy", ...body }),
  }),
  grantPremiumSubsidy,
  command({
    name: "CancelPolicy",
    path: "/policies/:id/cancellations",
    summary: "Cancel a policy, with the reason",
    body: reasonBody,
    to: ({ params, body }) => onPolicy(params.id, { type: "CancelPolicy", reason: body.reason }),
  }),
];
