import { PartnerContractSigned } from "@safar/contracts";
import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { employer } from "../aggregates.ts";
import { contractBody, employerBody } from "./bodies.ts";

const registerEmployer = command({
  name: "RegisterEmployer",
  path: "/employers",
  summary: "Register a foreign partner or employer",
  body: employerBody,
  creates: true,
  to({ body, edge }) {
    const id = idFromTransaction(edge.transactionId, "employer");
    return { aggregate: employer, id, command: { type: "RegisterEmployer", employer: body }, header: { unit: id } };
  },
});

const signPartnerContract = command({
  name: "SignPartnerContract",
  path: "/employers/:id/contracts",
  summary: "Record a contract or agreement with the employer; the deadline for entering its vacancies starts",
  body: contractBody,
  to({ params, body, edge }) {
    const contractId = idFromTransaction(edge.transactionId, "contract");
    return {
      aggregate: employer,
      id: params.id,
      command: { type: "SignPartnerContract", contract: { contractId, ...body } },
    };
  },
  answer: ([event]) => ({ id: PartnerContractSigned.schema.parse(event?.data).contractId }),
});

export const employerCommands = [registerEmployer, signPartnerContract];
