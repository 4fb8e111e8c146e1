import type { FactOf, visaDocsContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { missingForEmbassy } from "./checklist.ts";
import type { SubmissionCommand } from "./commands.ts";
import { passportRefusal, type PassportRefusal } from "./passport.ts";
import { refused } from "./refused.ts";
import { roundRefusal, type RoundRefusal } from "./round.ts";
import type { DossierState } from "./state.ts";

type Fact = FactOf<typeof visaDocsContracts>;
type AnsweredRefusal = RefusalOf<
  "visa-not-needed" | "visa-already-submitted" | "visa-already-granted" | "visa-refused"
>;
export type SubmissionRefusal =
  | RoundRefusal
  | PassportRefusal
  | AnsweredRefusal
  | RefusalOf<
      | "already-done"
      | "dossier-incomplete"
      | "submits-with-others"
      | "in-other-submission"
      | "unknown-submission"
      | "submission-of-other-country"
      | "not-in-submission"
    >;
type SubmissionDecision = Decision<Fact, SubmissionRefusal>;

/** An application that is under way or answered is not handed in again. */
const answered = ({ lifecycle, offer }: DossierState): AnsweredRefusal | undefined => {
  if (offer && !offer.requires.workVisa) return { code: "visa-not-needed" };
  switch (lifecycle.visa) {
    case "submitted":
      return { code: "visa-already-submitted" };
    case "granted":
      return { code: "visa-already-granted" };
    case "refused":
      return { code: "visa-refused" };
    case "none":
      return undefined;
  }
};

type Alone = Extract<SubmissionCommand, { type: "SubmitVisa" }>;

const submitAlone = (state: DossierState, command: Alone): SubmissionDecision => {
  const { offer } = state;
  const { submittedOn, effectiveAt } = command;
  if (!offer) return refuse("dossier-not-opened");
  const fact: Fact = { type: "VisaSubmitted", data: { round: offer.round, submittedOn }, effectiveAt };
  if (state.submittedOn !== undefined) return refuse("already-done");
  // The embassy has answered, so it was handed in: what is recorded late is taken as it is.
  const isLate = effectiveAt !== undefined && state.lifecycle.visa !== "none";
  if (isLate) return accept(fact);
  const notNow = roundRefusal(state, command.standing) ?? answered(state);
  if (notNow) return refused(notNow);
  if (state.submissionId !== undefined) return refuse("submits-with-others");
  const missing = missingForEmbassy(state);
  if (missing.length > 0) return refuse("dossier-incomplete", { missing: missing.join(", ") });
  const tooShort = passportRefusal(command.passport);
  return tooShort ? refused(tooShort) : accept(fact);
};

type Joining = Extract<SubmissionCommand, { type: "JoinGroup" }>;

const join = (state: DossierState, command: Joining): SubmissionDecision => {
  const { offer } = state;
  const { submissionId, destination } = command;
  if (destination === undefined) return refuse("unknown-submission");
  if (state.submissionId === submissionId) return refuse("already-done");
  const notNow = roundRefusal(state, command.standing) ?? answered(state);
  if (notNow) return refused(notNow);
  if (!offer) return refuse("dossier-not-opened");
  if (state.submissionId !== undefined) return refuse("in-other-submission");
  if (offer.corridor.country !== destination) return refuse("submission-of-other-country", { destination });
  return accept({ type: "GroupMemberAdded", data: { round: offer.round, submissionId } });
};

type WithGroup = Extract<SubmissionCommand, { type: "SubmitWithGroup" }>;

/** Who cannot be handed in leaves the group, and the others go on. */
const submitWithGroup = (state: DossierState, command: WithGroup): SubmissionDecision => {
  const { submissionId, submittedOn, effectiveAt } = command;
  const { offer } = state;
  if (!offer) return refuse("dossier-not-opened");
  if (state.submittedOn !== undefined) return refuse("already-done");
  if (state.submissionId !== submissionId) return refuse("not-in-submission");
  const { round } = offer;
  const reason =
    roundRefusal(state, command.standing)?.code ??
    answered(state)?.code ??
    (missingForEmbassy(state).length > 0 ? "dossier-incomplete" : undefined);
  if (reason !== undefined)
    return accept({ type: "GroupMemberDropped", data: { round, submissionId, reason }, reasonCode: reason });
  return accept({ type: "VisaSubmitted", data: { round, submissionId, submittedOn }, effectiveAt });
};

/** The place in a group that is not handed in yet is given up with whatever ends the wish to go with it. */
export const leavingGroup = (state: DossierState, reason: string): Fact[] => {
  const { offer, submissionId, submittedOn } = state;
  if (!offer || submissionId === undefined || submittedOn !== undefined) return [];
  return [{ type: "GroupMemberDropped", data: { round: offer.round, submissionId, reason }, reasonCode: reason }];
};

export const decideSubmission = (state: DossierState, command: SubmissionCommand): SubmissionDecision => {
  switch (command.type) {
    case "SubmitVisa":
      return submitAlone(state, command);
    case "JoinGroup":
      return join(state, command);
    case "SubmitWithGroup":
      return submitWithGroup(state, command);
    case "DropFromGroup": {
      const dropped = state.submissionId === command.submissionId ? leavingGroup(state, command.reason) : [];
      return dropped.length > 0 ? accept(...dropped) : refuse("not-in-submission");
    }
  }
};
