import { BorderExitConfirmed, CertificateIssued, VisaGranted, type CompensationKind } from "@safar/contracts";
import { reaction } from "@safar/service-kit";
import { onBenefitOf } from "../aggregates.ts";

const PROOFS: Readonly<
  Record<string, { readonly kind: CompensationKind; readonly by: "certificate" | "visa" | "border-exit" }>
> = {
  CertificateIssued: { kind: "exam", by: "certificate" },
  VisaGranted: { kind: "workVisa", by: "visa" },
  BorderExitConfirmed: { kind: "ticket", by: "border-exit" },
};

/** What proves an expense usually comes long before anybody applies for it. */
export const whenExpenseProved = reaction({
  name: "when-expense-proved",
  on: [
    { category: "training", contract: CertificateIssued },
    { category: "visaDocs", contract: VisaGranted },
    { category: "departure", contract: BorderExitConfirmed },
  ],
  then(event) {
    const { caseId } = event.meta;
    const proof = PROOFS[event.type];
    if (caseId === undefined || proof === undefined) return [];
    return [onBenefitOf(caseId, proof.kind, { type: "ProveExpense", by: proof.by, eventId: event.id })];
  },
});
