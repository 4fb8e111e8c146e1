import { command, ProblemError, type CommandEdge, type FieldError } from "@safar/service-kit";
import { registrationCase } from "../aggregates.ts";
import { checkDetails } from "../domain/detail-rules.ts";
import type { CaseState } from "../domain/case/state.ts";
import { indexFromLog } from "../person-index.ts";
import { findSuspected } from "../registering.ts";
import { correctionBody, passportBody } from "./bodies.ts";
import { fieldErrors } from "./register.ts";

/** A search right after the answer finds what was changed. */
const afterwards = async ({
  params,
  edge,
}: {
  params: { readonly caseId: string };
  edge: CommandEdge;
}): Promise<void> => void (await indexFromLog(edge, params.caseId));

const presentDetails = async (edge: CommandEdge, caseId: string) => {
  const details = await edge.personOf(caseId);
  const { state, header } = await edge.load<CaseState>(registrationCase, caseId);
  if (!details || header.personId === undefined) throw new ProblemError("not-found");
  return { details, state, personId: header.personId };
};

const DETAILS = ["surname", "givenName", "patronymic", "phone", "passport", "passportExpiry"] as const;

const NOTHING_CORRECTED: FieldError = {
  pointer: "",
  code: "required",
  detail: {
    "uz-Latn": "Tuzatiladigan maydonlardan kamida bittasini bering.",
    "uz-Cyrl": "Тузатиладиган майдонлардан камида биттасини беринг.",
    ru: "Укажите хотя бы одно поле, которое нужно исправить.",
    en: "Give at least one field to correct.",
  },
};

/** A wrong phone is the commonest command of all. */
export const correctPersonDetails = command({
  name: "CorrectPersonDetails",
  path: "/cases/:caseId/corrections",
  summary: "Correct a person's name, phone or passport, on record",
  body: correctionBody,
  stream: ({ params }) => ({ aggregate: registrationCase, id: params.caseId }),
  async to({ params, body, edge }) {
    const { details, state, personId } = await presentDetails(edge, params.caseId);
    const { corrects = state.detailsEventIds.at(-1) ?? edge.transactionId, reason, ...given } = body;
    if (Object.keys(given).length === 0) throw new ProblemError("invalid-request", { errors: [NOTHING_CORRECTED] });
    const checked = checkDetails(given, edge.today);
    if (checked.reasons.length > 0) throw new ProblemError("invalid-request", { errors: fieldErrors(checked.reasons) });
    const suspected = await findSuspected(edge, personId, { ...details, ...checked.details });
    return {
      aggregate: registrationCase,
      id: params.caseId,
      command: {
        type: "CorrectPersonDetails",
        correction: { corrects, reason, ...checked.details, warnings: [...checked.warnings] },
        unchanged: DETAILS.filter((field) => checked.details[field] === details[field]),
        suspected,
      },
    };
  },
  afterwards,
});

export const renewPassport = command({
  name: "RenewPassport",
  path: "/cases/:caseId/passports",
  summary: "Record a new passport of the same person",
  body: passportBody,
  stream: ({ params }) => ({ aggregate: registrationCase, id: params.caseId }),
  async to({ params, body, edge }) {
    const { details, personId } = await presentDetails(edge, params.caseId);
    const checked = checkDetails({ passport: body.passport, passportExpiry: body.passportExpiry }, edge.today);
    if (checked.reasons.length > 0) throw new ProblemError("invalid-request", { errors: fieldErrors(checked.reasons) });
    const { passport = body.passport, passportExpiry = body.passportExpiry } = checked.details;
    const suspected = await findSuspected(edge, personId, { ...details, passport });
    return {
      aggregate: registrationCase,
      id: params.caseId,
      command: {
        type: "RenewPassport",
        passport: { passport, passportExpiry, ...(body.mrz === undefined ? {} : { mrz: body.mrz }) },
        sameAsBefore: passport === details.passport && passportExpiry === details.passportExpiry,
        suspected,
      },
    };
  },
  afterwards,
});
