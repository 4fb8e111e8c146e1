import { createHash } from "node:crypto";
import type { Api } from "./api.ts";
import { inventPerson } from "./people.ts";
import type { Plan } from "./plan.ts";
import * as steps from "./steps.ts";
import type { Walk } from "./steps.ts";
import type { Offering } from "./world.ts";

/** Where a journey came to: `PaymentSettled`, or the place and reason at which it ended. */
export interface Ending {
  readonly caseId?: string;
  readonly reached: string;
  /** Why it went no further; absent for those that arrived. */
  readonly reason?: string;
}

const ARRIVED = "PaymentSettled";
const REASONS = ["family", "health", "found-work-at-home"] as const;

const upToOffer = async (walk: Walk): Promise<{ readonly caseId: string; readonly applicationId: string }> => {
  const caseId = await steps.register(walk);
  await steps.proveIdentity(walk, caseId);
  await steps.publishCv(walk, caseId);
  // Certificates usually precede the offer, but not always.
  const trainsFirst = walk.chance.fraction() < 0.7;
  if (trainsFirst) await steps.train(walk, caseId);
  const applicationId = await steps.findWork(walk, caseId);
  await steps.acceptOffer(walk, applicationId);
  if (!trainsFirst) await steps.train(walk, caseId);
  return { caseId, applicationId };
};

const upToDeparture = async (walk: Walk): Promise<string> => {
  const { caseId } = await upToOffer(walk);
  await steps.collectPapers(walk, caseId);
  if (walk.offering.corridor.workVisa) {
    await steps.submitVisa(walk, caseId);
    await steps.grantVisa(walk, caseId);
  }
  await steps.insure(walk, caseId);
  return caseId;
};

const toTheEnd = async (walk: Walk, caseId: string): Promise<Ending> => {
  await steps.confirmPlacement(walk, caseId);
  await steps.pay(walk, await steps.applyForTicket(walk, caseId));
  return { caseId, reached: ARRIVED };
};

const withdraw = async (walk: Walk): Promise<Ending> => {
  const reason = walk.chance.pick(REASONS);
  const caseId = walk.chance.fraction() < 0.5 ? (await upToOffer(walk)).caseId : await steps.register(walk);
  await walk.api.do(steps.REGISTRAR, `/registration/cases/${caseId}/withdrawals`, { reason });
  return { caseId, reached: "CandidateWithdrew", reason };
};

const refuseVisa = async (walk: Walk): Promise<Ending> => {
  const { caseId } = await upToOffer(walk);
  await steps.collectPapers(walk, caseId);
  await steps.submitVisa(walk, caseId);
  const reason = walk.chance.pick(["insufficient-documents", "quota-exhausted", "security"]);
  await walk.api.do(steps.VISA, `/visa-docs/cases/${caseId}/refusals`, { reason });
  return { caseId, reached: "VisaRefused", reason };
};

const dispute = async (walk: Walk): Promise<Ending> => {
  const caseId = await upToDeparture(walk);
  await steps.depart(walk, caseId);
  await steps.confirmPlacement(walk, caseId, false);
  const outcome = walk.chance.fraction() < 0.5 ? "placed" : "not-placed";
  await steps.resolveDispute(walk, caseId, outcome);
  if (outcome === "not-placed") return { caseId, reached: "PlacementDisputed", reason: "not-placed" };
  await steps.pay(walk, await steps.applyForTicket(walk, caseId));
  return { caseId, reached: ARRIVED };
};

const startAbroad = async (walk: Walk): Promise<Ending> => {
  const caseId = await steps.register(walk, true);
  await steps.proveIdentity(walk, caseId);
  await steps.confirmPlacement(walk, caseId);
  return { caseId, reached: "PlacementConfirmed", reason: "started-abroad" };
};

const expectRefusal = async (walk: Walk, body: Record<string, unknown>, reached: string): Promise<Ending> => {
  const reply = await walk.api.try(steps.REGISTRAR, "/registration/cases", body);
  if (reply.status < 300) throw new Error(`a registration that must be refused was accepted (${reached})`);
  return { reached, reason: String(reply.body["code"]) };
};

const duplicate = async (walk: Walk): Promise<Ending> => {
  await steps.register(walk);
  return expectRefusal(walk, steps.registrationBody(walk.person, walk.offering.corridor.country), "DuplicatePerson");
};

const withoutConsent = (walk: Walk): Promise<Ending> => {
  const { consentDate: _missing, ...body } = steps.registrationBody(walk.person, walk.offering.corridor.country);
  return expectRefusal(walk, { ...body, consentDate: "" }, "ConsentMissing");
};

const withdrawConsent = async (walk: Walk): Promise<Ending> => {
  const { caseId } = await upToOffer(walk);
  await walk.api.do(steps.REGISTRAR, `/registration/cases/${caseId}/consent-withdrawals`, {});
  return { caseId, reached: "ConsentWithdrawn", reason: "consent-withdrawn" };
};

const reject = async (walk: Walk): Promise<Ending> => {
  const caseId = await upToDeparture(walk);
  await steps.depart(walk, caseId);
  await steps.confirmPlacement(walk, caseId);
  const benefitId = await steps.applyForTicket(walk, caseId, "SOMEBODY ELSE");
  await steps.rejectCompensation(walk, benefitId);
  return { caseId, reached: "CompensationRejected", reason: "card-holder" };
};

const walkKind = async (walk: Walk, kind: Plan["kind"]): Promise<Ending> => {
  switch (kind) {
    case "happy":
    case "lateFacts": {
      const caseId = await upToDeparture(walk);
      await (kind === "happy" ? steps.depart : steps.departOutOfOrder)(walk, caseId);
      return toTheEnd(walk, caseId);
    }
    case "startsAbroad":
      return startAbroad(walk);
    case "duplicatePerson":
      return duplicate(walk);
    case "consentMissing":
      return withoutConsent(walk);
    case "consentWithdrawn":
      return withdrawConsent(walk);
    case "candidateWithdraws":
      return withdraw(walk);
    case "visaRefused":
      return refuseVisa(walk);
    case "disputedPlacement":
      return dispute(walk);
    case "compensationRejected":
      return reject(walk);
  }
};

/** Walks one journey through the public API to its planned end. */
export const walkJourney = async (plan: Plan, api: Api, offerings: readonly Offering[]): Promise<Ending> => {
  const { chance, kind } = plan;
  const person = inventPerson(chance);
  const withVisa = offerings.filter(({ corridor }) => corridor.workVisa);
  const offering = chance.pick(kind === "visaRefused" ? withVisa : offerings);
  const contract = new TextEncoder().encode(`%PDF-1.4\n% contract ${chance.hex(32)}\n%%EOF\n`);
  const contractSha256 = createHash("sha256").update(contract).digest("hex");
  return walkKind({ api, chance, person, offering, contract, contractSha256 }, kind);
};
