import { isco, soatoRegion, type ApplicationStage } from "@safar/contracts";
import { everyRow } from "@safar/read-model";
import { ProblemError, query, type QueryEdge } from "@safar/service-kit";
import { z } from "zod";
import { application, candidateOfRegistration, vacancy } from "../aggregates.ts";
import type { ApplicationState } from "../domain/application/state.ts";
import type { CandidateView } from "../domain/candidate-view.ts";
import { whyNotShown } from "../domain/cv-sharing.ts";
import { rank } from "../domain/ranking.ts";
import type { VacancyState } from "../domain/vacancy/state.ts";
import { applicants } from "../projections/applicants.ts";
import { matchable } from "../projections/matchable.ts";

const employerIn = ({ value }: { readonly value: Readonly<Record<string, unknown>> }): string | undefined =>
  typeof value["employerId"] === "string" ? value["employerId"] : undefined;

const requireOwnVacancy = ({ caller }: QueryEdge, employerId: string): void => {
  if (caller.role === "employer" && caller.unit !== employerId)
    throw new ProblemError("out-of-scope", { params: { role: caller.role, scope: "ownVacancies" } });
};

/** Only after the caller's view is on record, and as long as nothing stands against sharing. */
const readCv = query({
  name: "ReadCv",
  path: "/applications/:id/cv",
  summary: "The applicant's CV, for whoever has put a view of it on record",
  async read({ params, edge }) {
    const { state, header } = await edge.load<ApplicationState>(application, params["id"] ?? "");
    const { applied } = state;
    if (!applied || header.caseId === undefined) return { one: undefined };
    requireOwnVacancy(edge, applied.employerId);
    if (!state.viewers.includes(edge.caller.subject)) throw new ProblemError("cv-view-not-recorded");
    const candidate = await edge.load<CandidateView>(candidateOfRegistration, header.caseId);
    const viewer = edge.caller.role === "employer" ? "employer" : "selector";
    const notShown = whyNotShown(candidate.state, { vacancyId: applied.vacancyId, viewer, today: edge.today });
    if (notShown) throw new ProblemError(notShown.code);
    const { applicationId, vacancyId, employerId } = applied;
    return { one: { header, value: { applicationId, vacancyId, employerId, ...candidate.state.cv } } };
  },
  employerOf: employerIn,
});

/** As many as one answer may hold; a vacancy with more says so. */
const MAX_RANKED = 5_000;

const OVER: ReadonlySet<ApplicationStage> = new Set(["none", "declined", "rejected", "withdrawn"]);

/** Who is still in the running, best first. The same log gives the same order, whenever it is asked. */
const rankApplications = query({
  name: "RankApplications",
  path: "/vacancies/:id/ranking",
  summary: "A vacancy's applicants in the order of the selection: priority, score, then who applied first",
  async read({ params, edge }) {
    const vacancyId = params["id"] ?? "";
    const { state } = await edge.load<VacancyState>(vacancy, vacancyId);
    if (!state.vacancy) return { one: undefined };
    requireOwnVacancy(edge, state.vacancy.employerId);
    const position = edge.readModel.position();
    const all = [...everyRow(edge.readModel.table(applicants), { vacancyId })].map(({ row }) => row);
    const ranked = rank(all.filter(({ stage }) => !OVER.has(stage)));
    const ranking = ranked.slice(0, MAX_RANKED).map(({ applicationId, stage, priority, score }, index) => ({
      rank: index + 1,
      applicationId,
      stage,
      priority,
      score,
    }));
    const { criteriaVersion } = state;
    const value = { vacancyId, criteriaVersion, position: String(position), ranking, more: ranked.length > MAX_RANKED };
    return { one: { value } };
  },
});

/** What the read model gives at most in one page. */
const MAX_PAGE = 500;

const matchableQuery = z.object({
  isco: isco.optional(),
  region: soatoRegion.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
});

const listMatchable = query({
  name: "ListMatchable",
  path: "/matchable",
  summary: "CVs that are open to matching, without anything personal",
  querystring: matchableQuery,
  async read({ query: asked, edge }) {
    const { cursor, limit, isco: trade, region } = matchableQuery.parse(asked);
    const { items, next } = edge.readModel.table(matchable).find({
      where: { ...(trade === undefined ? {} : { isco: trade }), ...(region === undefined ? {} : { region }) },
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return { items: items.map(({ row }) => ({ value: { ...row } })), ...(next === undefined ? {} : { next }) };
  },
});

export const queries = [readCv, rankApplications, listMatchable];
