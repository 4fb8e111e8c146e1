import { idFromTransaction } from "@safar/kernel";
import { command, ProblemError, type CommandEdge, type FieldError } from "@safar/service-kit";
import { person, registrationCase } from "../aggregates.ts";
import type { CandidateRejection } from "../domain/candidate-codes.ts";
import { checkCandidate } from "../domain/candidate-rules.ts";
import type { PersonState } from "../domain/person/state.ts";
import { CANDIDATE_SENTENCES } from "../imports/reasons.ts";
import { indexFromLog } from "../person-index.ts";
import { planRegistration } from "../registering.ts";
import { registerBody } from "./bodies.ts";

/** Broken rules of the form, in the words of the lists' rejections. */
export const fieldErrors = (
  reasons: readonly { readonly code: CandidateRejection; readonly field: string }[],
): FieldError[] =>
  reasons.map(({ code, field }) => ({ pointer: `/${field}`, code, detail: CANDIDATE_SENTENCES[code] }));

/** `POST /registration/cases`: a person's journey begins. */
export const registerCandidate = command({
  name: "RegisterCandidate",
  path: "/cases",
  summary: "Register a candidate: opens the person's one journey and gives it a case number",
  body: registerBody,
  creates: true,
  stream: ({ transactionId }) => ({ aggregate: registrationCase, id: idFromTransaction(transactionId, "case") }),
  async to({ body, edge }) {
    const { caller } = edge;
    const asOf = edge.today;
    const licence = body.agencyLicence ?? (caller.role === "agency" ? caller.unit : undefined);
    const { reasons, warnings, normalised } = checkCandidate({ ...body, agencyLicence: licence }, asOf);
    if (!normalised) throw new ProblemError("invalid-request", { errors: fieldErrors(reasons) });
    if (caller.role === "agency" && normalised.agencyLicence !== caller.unit)
      throw new ProblemError("out-of-scope", { params: { role: caller.role, scope: "ownCandidates" } });
    const { personId } = await edge.vault.findOrCreatePerson(normalised.pinfl);
    await refuseOpenJourney(edge, personId, idFromTransaction(edge.transactionId, "case"));
    const isStaff = caller.role === "registrar" || caller.role === "representative";
    return planRegistration(edge, {
      candidate: normalised,
      warnings,
      asOf,
      unit: isStaff ? caller.unit : undefined,
    });
  },
  answer: (events) => {
    const registered = events.find(({ type }) => type === "CandidateRegistered")?.data as
      { readonly caseNumber: string; readonly warnings: readonly string[] } | undefined;
    const isSuspected = events.some(({ type }) => type === "DuplicateSuspected");
    return {
      caseNumber: registered?.caseNumber ?? "",
      warnings: [...(registered?.warnings ?? []), ...(isSuspected ? ["duplicate-suspected"] : [])],
    };
  },
  async afterwards({ edge }) {
    await indexFromLog(edge, idFromTransaction(edge.transactionId, "case"));
  },
});

/** The same PINFL again is refused; the case is named to those who may see it (lifecycle.md, 1). */
const refuseOpenJourney = async (edge: CommandEdge, personId: string, ownCaseId: string): Promise<void> => {
  const { openCaseId } = (await edge.load<PersonState>(person, personId)).state;
  if (openCaseId === undefined || openCaseId === ownCaseId) return;
  const { header } = await edge.load(registrationCase, openCaseId);
  const caseName = edge.reaches(header) ? openCaseId : "—";
  throw new ProblemError("open-journey-exists", { params: { case: caseName } });
};
