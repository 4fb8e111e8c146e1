import { addDays, addMonths, benefitIdOf, idFromTransaction } from "@safar/kernel";
import type { foldFullName } from "@safar/contracts";
import { compensationCap, compensationKindSchema, foldNameWords } from "@safar/contracts";
import type { parseRequest } from "@safar/service-kit";
import { command, ProblemError } from "@safar/service-kit";
import { benefit, onBenefit, onBenefitOf } from "../aggregates.ts";
import { applicationBody, emptyBody, rejectionBody, returnBody, settlementBody } from "./bodies.ts";
import { RULE_WORDS } from "./rule-words.ts";

/** A refusal can be appealed for 30 days (deadlines.json, appeal). */
const APPEAL_DAYS = 30;
/** Paid within one month of the application (UP-59). */
const PAYMENT_MONTHS = 1;

/** The card's holder is the candidate when every word on the card is one of the candidate's names. */
const isHolder = (cardHolder: string, person: Parameters<typeof foldFullName>[0]): boolean => {
  const names = new Set([person.surname, person.givenName, person.patronymic ?? ""].flatMap(foldNameWords));
  const onCard = foldNameWords(cardHolder);
  return onCard.length >= 2 && onCard.every((word) => names.has(word));
};

const applyForCompensation = command({
  name: "ApplyForCompensation",
  path: "/cases/:caseId/benefits/:kind",
  summary: "Apply for the compensation of an exam, a work visa or a ticket",
  body: applicationBody,
  creates: true,
  stream: ({ params }) => ({ aggregate: benefit, id: benefitIdOf(params.caseId, params.kind) }),
  async to({ params, body, edge }) {
    const kind = compensationKindSchema.safeParse(params.kind).data;
    if (kind === undefined) throw new ProblemError("not-found");
    const person = await edge.personOf(params.caseId);
    if (!person) throw new ProblemError("not-found");
    const cap = compensationCap(kind, edge.today);
    if (!cap) throw new ProblemError("not-found");
    return onBenefitOf(params.caseId, kind, {
      type: "ApplyForCompensation",
      appliedOn: edge.today,
      cap,
      cardHolderIsCandidate: isHolder(body.cardHolder, person),
      ...body,
    });
  },
});

const onId = <Body>(
  name: string,
  noun: string,
  summary: string,
  body: Parameters<typeof parseRequest<Body>>[0],
  to: (given: { readonly body: Body; readonly today: string }) => Parameters<typeof onBenefit>[1],
) =>
  command({
    name,
    path: `/benefits/:id/${noun}`,
    summary,
    body,
    to: ({ params, body: given, edge }) => onBenefit(params.id, to({ body: given, today: edge.today })),
  });

export const benefitCommands = [
  applyForCompensation,
  onId("CheckCompensation", "checks", "Check every rule, each passed or failed, in words", emptyBody, () => ({
    type: "CheckCompensation",
    words: RULE_WORDS,
  })),
  onId("ApproveCompensation", "approvals", "Approve, up to the cap, what passed every rule", emptyBody, () => ({
    type: "ApproveCompensation",
  })),
  onId(
    "RejectCompensation",
    "rejections",
    "Reject with reasons; it can be appealed",
    rejectionBody,
    ({ body, today }) => ({
      type: "RejectCompensation",
      reasons: body.reasons,
      appealUntil: addDays(today, APPEAL_DAYS),
    }),
  ),
  command({
    name: "OrderPayment",
    path: "/benefits/:id/payment-orders",
    summary: "Order the approved payment; the answer names it",
    body: emptyBody,
    to: ({ params, edge }) =>
      onBenefit(params.id, {
        type: "OrderPayment",
        paymentId: idFromTransaction(edge.transactionId, "payment"),
        dueBy: addMonths(edge.today, PAYMENT_MONTHS),
      }),
    answer: (events) => ({ id: (events[0]?.data as { readonly paymentId: string }).paymentId }),
  }),
  onId("SettlePayment", "settlements", "Record that the bank has paid", settlementBody, ({ body }) => ({
    type: "SettlePayment",
    ...body,
  })),
  onId(
    "ReturnPayment",
    "returns",
    "Record that the bank returned the payment; it may be ordered again",
    returnBody,
    ({ body }) => ({
      type: "ReturnPayment",
      ...body,
    }),
  ),
];
