import { PREMIUM_SUBSIDY } from "@safar/contracts";
import { command, ProblemError } from "@safar/service-kit";
import { onPolicy } from "../aggregates.ts";
import { activationBody, issueBody, reasonBody, subsidyBody } from "./bodies.ts";

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
  command({
    name: "GrantPremiumSubsidy",
    path: "/policies/:id/subsidies",
    summary: "Subsidise the premium of somebody on a social list, up to the sum of the law",
    body: subsidyBody,
    to({ params, body }) {
      if (!PREMIUM_SUBSIDY.socialLists.includes(body.socialList))
        throw new ProblemError("invalid-request", {
          errors: [
            { pointer: "/socialList", code: "not-one-of", params: { values: PREMIUM_SUBSIDY.socialLists.join(", ") } },
          ],
        });
      return onPolicy(params.id, { type: "GrantPremiumSubsidy", ...body, most: PREMIUM_SUBSIDY.maxPerYear });
    },
  }),
  command({
    name: "CancelPolicy",
    path: "/policies/:id/cancellations",
    summary: "Cancel a policy, with the reason",
    body: reasonBody,
    to: ({ params, body }) => onPolicy(params.id, { type: "CancelPolicy", reason: body.reason }),
  }),
];
