import { VacancyPublished } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command, type CommandEdge } from "@safar/service-kit";
import type { z } from "zod";
import { employer, vacancy } from "../aggregates.ts";
import type { EmployerState, PartnerContract } from "../domain/employer/state.ts";
import type { VacancyState } from "../domain/vacancy/state.ts";
import { revisionBody, vacancyBody } from "./bodies.ts";
import { requireFields, type FieldRule } from "./field-errors.ts";

type VacancyBody = z.infer<typeof vacancyBody>;

/** @throws ProblemError with every broken rule; gives the contract that the body names */
const checked = async (body: VacancyBody, edge: CommandEdge): Promise<PartnerContract | undefined> => {
  const { caller } = edge;
  const { state, exists } = await edge.load<EmployerState>(employer, body.employerId);
  const contract = state.contracts.find(({ contractId }) => contractId === body.contractId);
  const { minAge, maxAge } = body.requirements;
  const rules: readonly (readonly [string, FieldRule, boolean])[] = [
    ["/employerId", "employer-not-yours", caller.role === "employer" && body.employerId !== caller.unit],
    ["/employerId", "employer-unknown", !exists],
    ["/contractId", "contract-unknown", exists && body.contractId !== undefined && !contract],
    ["/requirements/maxAge", "age-range-wrong", minAge !== undefined && maxAge !== undefined && maxAge < minAge],
    ["/feeFromWorker", "fee-charged-to-worker", body.feeFromWorker],
  ];
  requireFields(rules.filter(([, , isBroken]) => isBroken).map(([pointer, rule]) => [pointer, rule]));
  return contract;
};

const publishVacancy = command({
  name: "PublishVacancy",
  path: "/vacancies",
  summary: "Publish a vacancy: what is offered, to how many, on what terms and by what requirements",
  body: vacancyBody,
  creates: true,
  stream: ({ transactionId }) => ({ aggregate: vacancy, id: idFromTransaction(transactionId, "vacancy") }),
  async to({ body, edge }) {
    const contract = await checked(body, edge);
    const { feeFromWorker: _none, ...published } = body;
    return {
      aggregate: vacancy,
      id: idFromTransaction(edge.transactionId, "vacancy"),
      command: {
        type: "PublishVacancy",
        vacancy: { ...published, contractSignedOn: contract?.signedOn, enteredOn: edge.today, warnings: [] },
      },
      header: { unit: body.employerId, destination: body.corridor.country },
    };
  },
  answer: ([event]) => ({ warnings: VacancyPublished.schema.parse(event?.data).warnings }),
  employerOf: async ({ edge }) => edge.caller.unit,
});

const reviseVacancy = command({
  name: "ReviseVacancy",
  path: "/vacancies/:id/revisions",
  summary: "Change positions, terms or length; requirements only while nobody has applied",
  body: revisionBody,
  to({ params, body }) {
    const { reason, ...changes } = body;
    return { aggregate: vacancy, id: params.id, command: { type: "ReviseVacancy", reason, changes } };
  },
  employerOf: async ({ params, edge }) => (await edge.load<VacancyState>(vacancy, params.id)).state.vacancy?.employerId,
});

export const vacancyCommands = [publishVacancy, reviseVacancy];
