import type { FactOf, placementContracts } from "@safar/contracts";
import { accept, refuse, type Decision, type RefusalOf } from "@safar/kernel";
import { liveRound, withConsequences } from "./agreement.ts";
import type { Claims } from "./claims.ts";
import type { Contract, ReportCommand } from "./commands.ts";
import type { PlacementState } from "./state.ts";

type Fact = FactOf<typeof placementContracts>;
export type ReportRefusal = RefusalOf<"already-done" | "not-on-own-behalf">;
type ReportDecision = Decision<Fact, ReportRefusal>;

/** What is said while a round is under way is about it; else it waits for the next round. */
const presentClaims = (state: PlacementState): Claims => (liveRound(state) === undefined ? state.early : state.claims);

const isSameContract = (left: Contract | undefined, right: Contract): boolean => {
  const { wageMonth, isco, hoursPerWeek } = right.terms;
  return (
    left?.sha256 === right.sha256 &&
    left.terms.wageMonth.minor === wageMonth.minor &&
    left.terms.wageMonth.currency === wageMonth.currency &&
    left.terms.isco === isco &&
    left.terms.hoursPerWeek === hoursPerWeek
  );
};

type Report = Extract<ReportCommand, { type: "ReportPlacement" }>;

const report = (state: PlacementState, command: Report): ReportDecision => {
  const { by, mayReport, placed, startedOn, note, effectiveAt, today } = command;
  if (!mayReport) return refuse("not-on-own-behalf");
  const said = presentClaims(state)[by];
  if (said?.placed === placed && said.startedOn === startedOn) return refuse("already-done");
  const type = by === "candidate" ? "PlacementReportedByCandidate" : "PlacementReportedByAgency";
  const fact: Fact = { type, data: { round: liveRound(state), placed, startedOn, note }, effectiveAt };
  return accept(...withConsequences(state, [fact], today));
};

type Confirmation = Extract<ReportCommand, { type: "ConfirmByEmployer" }>;

const confirm = (state: PlacementState, command: Confirmation): ReportDecision => {
  const { employerId, startedOn, contract, effectiveAt, today } = command;
  const { sha256, terms } = contract;
  const { employer, contracts } = presentClaims(state);
  const isSame = employer?.startedOn === startedOn && employer.sha256 === sha256;
  if (isSame && isSameContract(contracts.employer, contract)) return refuse("already-done");
  const round = liveRound(state);
  const facts: Fact[] = [
    { type: "EmployerConfirmed", data: { round, employerId, startedOn, sha256 }, effectiveAt },
    { type: "ContractUploaded", data: { round, sha256, terms, uploadedBy: "employer" }, effectiveAt },
  ];
  return accept(...withConsequences(state, facts, today));
};

type Upload = Extract<ReportCommand, { type: "UploadContract" }>;

const upload = (state: PlacementState, command: Upload): ReportDecision => {
  const { uploadedBy, contract, effectiveAt, today } = command;
  if (isSameContract(presentClaims(state).contracts[uploadedBy], contract)) return refuse("already-done");
  const data = { round: liveRound(state), ...contract, uploadedBy };
  return accept(...withConsequences(state, [{ type: "ContractUploaded", data, effectiveAt }], today));
};

/** What is reported is a fact: it is taken in any order, before the placement opens and after it ended. */
export const decideReport = (state: PlacementState, command: ReportCommand): ReportDecision => {
  switch (command.type) {
    case "ReportPlacement":
      return report(state, command);
    case "ConfirmByEmployer":
      return confirm(state, command);
    case "UploadContract":
      return upload(state, command);
    case "ReceiveCheckIn": {
      const { checkIn, effectiveAt } = command;
      const last = presentClaims(state).checkIns[checkIn.from];
      if (last?.receivedOn === checkIn.receivedOn && last.working === checkIn.working) return refuse("already-done");
      return accept({ type: "CheckInReceived", data: { round: liveRound(state), ...checkIn }, effectiveAt });
    }
  }
};
