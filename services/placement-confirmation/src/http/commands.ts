import type { ContractHolder, Role } from "@safar/contracts";
import { command, type CommandEdge } from "@safar/service-kit";
import { onPlacement, placement } from "../aggregates.ts";
import { employerIdOf } from "../domain/agreement.ts";
import type { PlacementState } from "../domain/state.ts";
import {
  checkInBody,
  completionBody,
  contractBody,
  dayOf,
  disputeBody,
  employerConfirmationBody,
  reportBody,
  resolutionBody,
} from "./bodies.ts";

/** Whose word it is that a caller brings. */
const partyOf = (role: Role): ContractHolder =>
  role === "candidate" || role === "agency" || role === "employer" ? role : "office";

/** Employers reach the placements of their own workers. */
const employerOf = async ({
  params,
  edge,
}: {
  readonly params: { readonly caseId: string };
  readonly edge: CommandEdge;
}): Promise<string | undefined> => {
  const { state } = await edge.load<PlacementState>(placement, params.caseId);
  return employerIdOf(state);
};

const reportPlacement = command({
  name: "ReportPlacement",
  path: "/cases/:caseId/reports",
  summary: "Report that the candidate is placed, or that there is no job; taken before the placement opens, too",
  body: reportBody,
  to: ({ params, body, edge }) => {
    const { onBehalfOf, ...report } = body;
    const party = partyOf(edge.caller.role);
    const own = party === "candidate" || party === "agency" ? party : undefined;
    const by = onBehalfOf ?? own ?? "candidate";
    const mayReport = own === undefined || own === by;
    return onPlacement(params.caseId, { type: "ReportPlacement", ...report, by, mayReport, today: edge.today });
  },
});

const confirmByEmployer = command({
  name: "ConfirmByEmployer",
  path: "/cases/:caseId/employer-confirmations",
  summary: "The employer confirms that the worker is at work, with the contract's hash and terms",
  body: employerConfirmationBody,
  async to({ params, body, edge }) {
    const { caller, today } = edge;
    const employerId = caller.role === "employer" ? caller.unit : await employerOf({ params, edge });
    return onPlacement(params.caseId, { type: "ConfirmByEmployer", ...body, employerId, today });
  },
  employerOf,
});

const uploadContract = command({
  name: "UploadContract",
  path: "/cases/:caseId/contracts",
  summary: "Show a contract by hash and terms; where it is not the one that was signed, the mismatch is on record",
  body: contractBody,
  to: ({ params, body, edge }) => {
    const { effectiveAt, ...contract } = body;
    const uploadedBy = partyOf(edge.caller.role);
    return onPlacement(params.caseId, { type: "UploadContract", uploadedBy, contract, today: edge.today, effectiveAt });
  },
  employerOf,
});

const disputePlacement = command({
  name: "DisputePlacement",
  path: "/cases/:caseId/disputes",
  summary: "Contest what was said of the placement; nothing is confirmed until it is resolved",
  body: disputeBody,
  to: ({ params, body }) => onPlacement(params.caseId, { type: "DisputePlacement", ...body }),
  employerOf,
});

const resolveDispute = command({
  name: "ResolveDispute",
  path: "/cases/:caseId/dispute-resolutions",
  summary: "Decide a dispute or a differing contract: there is a job as claimed, or what was claimed is void",
  body: resolutionBody,
  to: ({ params, body, edge }) => onPlacement(params.caseId, { type: "ResolveDispute", ...body, today: edge.today }),
});

const receiveCheckIn = command({
  name: "ReceiveCheckIn",
  path: "/cases/:caseId/check-ins",
  summary: "Record a check-in: whether the worker is at work",
  body: checkInBody,
  to: ({ params, body, edge }) => {
    const { effectiveAt, working, note } = body;
    const checkIn = { receivedOn: dayOf(body, edge.today), from: partyOf(edge.caller.role), working, note };
    return onPlacement(params.caseId, { type: "ReceiveCheckIn", checkIn, effectiveAt });
  },
  employerOf,
});

const completePlacement = command({
  name: "CompletePlacement",
  path: "/cases/:caseId/completions",
  summary: "Record that a confirmed placement came to its end",
  body: completionBody,
  to: ({ params, body, edge }) =>
    onPlacement(params.caseId, { type: "CompletePlacement", ...body, completedOn: dayOf(body, edge.today) }),
});

/** Everything that can be done to a placement. */
export const commands = [
  reportPlacement,
  confirmByEmployer,
  uploadContract,
  disputePlacement,
  resolveDispute,
  receiveCheckIn,
  completePlacement,
];
