import { idFromTransaction } from "@safar/kernel";
import { command } from "@safar/service-kit";
import { onDossier } from "../aggregates.ts";
import type { MedicalCommand } from "../domain/dossier/commands.ts";
import { dayOf, medicalBody, medicalResultBody } from "./bodies.ts";

const orderMedical = command({
  name: "OrderMedical",
  path: "/cases/:caseId/medicals",
  summary: "Order a medical examination; the answer names it",
  body: medicalBody,
  to: ({ params, body, edge }) =>
    onDossier(params.caseId, {
      type: "OrderMedical",
      examinationId: idFromTransaction(edge.transactionId, "examination"),
      orderedOn: dayOf(body, edge.today),
      ...body,
    }),
  answer: (events) => ({ id: (events[0]?.data as { examinationId: string }).examinationId }),
});

const recordMedicalResult = command({
  name: "RecordMedicalResult",
  path: "/cases/:caseId/medical-results",
  summary: "Record the class of a medical result and its validity, never a diagnosis",
  body: medicalResultBody,
  to: ({ params, body, edge }) => {
    const { effectiveAt, examinationId = idFromTransaction(edge.transactionId, "examination"), ...given } = body;
    const result: Extract<MedicalCommand, { type: "RecordMedicalResult" }>["result"] = { ...given, examinationId };
    return onDossier(params.caseId, { type: "RecordMedicalResult", result, today: edge.today, effectiveAt });
  },
});

export const medicalCommands = [orderMedical, recordMedicalResult];
