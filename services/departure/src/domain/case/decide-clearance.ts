import { clearanceItemsOf, hasLeftCountry, type ClearanceItem } from "@safar/contracts";
import { accept, fold, refuse } from "@safar/kernel";
import { missingItems, withGrant, type DepartureFact } from "./clearance.ts";
import type { DepartureCommand } from "./commands.ts";
import type { DepartureDecision } from "./decide.ts";
import { evolveDeparture, type DepartureState } from "./state.ts";
import { ticketGivenBack } from "./ticket.ts";

type CommandOf<Type extends DepartureCommand["type"]> = Extract<DepartureCommand, { type: Type }>;

const openClearance = (state: DepartureState, command: CommandOf<"OpenClearance">): DepartureDecision => {
  const { opening, by } = command;
  const { round, opened, stopped, travel } = state.lifecycle;
  // The same offer opens again after a refused visa, and for who has come back and departs anew by it.
  const goesOn = stopped !== "cancelled" && travel.arrivedAt === undefined;
  const isTaken = state.proofs.some((proof) => proof.by === by);
  if (isTaken || (opened && opening.round === round && goesOn)) return refuse("already-done");
  const before: readonly DepartureFact[] = opening.round === round ? [] : ticketGivenBack(state, "new-round");
  const isDossierItem = (item: ClearanceItem): item is Exclude<ClearanceItem, "insurance"> => item !== "insurance";
  const met = clearanceItemsOf(opening.requires)
    .filter(isDossierItem)
    .map((requirement): DepartureFact => ({ type: "RequirementMet", data: { round: opening.round, requirement, by } }));
  return accept(...withGrant(state, [...before, { type: "ClearanceOpened", data: opening }, ...met], command));
};

const meetRequirement = (state: DepartureState, command: CommandOf<"MeetRequirement">): DepartureDecision => {
  const { proof } = command;
  const isKnown = state.proofs.some((other) => other.by === proof.by && other.requirement === proof.requirement);
  if (isKnown) return refuse("already-done");
  return accept(...withGrant(state, [{ type: "RequirementMet", data: proof }], command));
};

const covers = (state: DepartureState, policyId: string): boolean =>
  state.covers.some((cover) => cover.policyId === policyId);

const markCover = (state: DepartureState, command: CommandOf<"MarkCover">): DepartureDecision => {
  const { cover } = command;
  if (covers(state, cover.policyId)) return refuse("already-done");
  return accept(...withGrant(state, [{ type: "CoverMarkedInForce", data: cover }], command));
};

/** Nobody travels uninsured: a clearance that relied on the policy is held until there is another one. */
const endCover = (state: DepartureState, command: CommandOf<"EndCover">): DepartureDecision => {
  const { policyId, reason, on } = command;
  if (!covers(state, policyId)) return refuse("already-done");
  const ended: DepartureFact = { type: "CoverEnded", data: { policyId, reason }, reasonCode: reason };
  const after = fold(evolveDeparture, state, [ended]);
  const { round, cleared } = after.lifecycle;
  const relies = round !== undefined && cleared && !hasLeftCountry(after.lifecycle);
  if (!relies || !missingItems(after, on).includes("insurance")) return accept(ended);
  return accept<DepartureFact>(ended, {
    type: "ClearanceRevoked",
    data: { round, reason: "cover-ended", stoppedAs: "held" },
    reasonCode: "cover-ended",
  });
};

const requestClearance = (state: DepartureState, command: CommandOf<"RequestClearance">): DepartureDecision => {
  const { round, cleared } = state.lifecycle;
  if (command.caseIsHeldOrEnded) return refuse("case-not-active");
  if (hasLeftCountry(state.lifecycle)) return refuse("has-already-left");
  if (cleared) return refuse("already-done");
  const missing = missingItems(state, command.on);
  if (missing.length === 0 && round !== undefined) return accept({ type: "ClearanceGranted", data: { round } });
  return accept({
    type: "ClearanceRefused",
    data: { round, missing, reason: "items-missing" },
    reasonCode: "items-missing",
  });
};

/** Without a visa there is no clearance, whether it was opened or not; an appeal that succeeds opens it anew. */
const barClearance = (state: DepartureState, { round }: CommandOf<"BarClearance">): DepartureDecision => {
  const life = state.lifecycle;
  const refused: DepartureFact = {
    type: "ClearanceRefused",
    data: { round, missing: ["visa"], reason: "visa-refused" },
    reasonCode: "visa-refused",
  };
  // The current round is another one, and goes on.
  if (life.round !== undefined && life.round !== round) return accept(refused);
  if (life.stopped === "cancelled" || hasLeftCountry(life)) return refuse("already-done");
  const revoked: DepartureFact = {
    type: "ClearanceRevoked",
    data: { round, reason: "visa-refused", stoppedAs: "cancelled" },
    reasonCode: "visa-refused",
  };
  return accept(...ticketGivenBack(state, "visa-refused"), ...(life.cleared ? [revoked] : []), refused);
};

/** What is taken back when the journey is held or over: the ticket, and what was opened or granted. */
export const takenBack = (
  state: DepartureState,
  { reason, stoppedAs }: Pick<CommandOf<"StopDeparture">, "reason" | "stoppedAs">,
): readonly DepartureFact[] => {
  const { round, stopped } = state.lifecycle;
  if (round === undefined || hasLeftCountry(state.lifecycle)) return [];
  const givenBack = ticketGivenBack(state, reason);
  if (stopped === "cancelled" || stopped === stoppedAs) return givenBack;
  return [...givenBack, { type: "ClearanceRevoked", data: { round, reason, stoppedAs }, reasonCode: reason }];
};

const stopDeparture = (state: DepartureState, command: CommandOf<"StopDeparture">): DepartureDecision => {
  const facts = takenBack(state, command);
  return facts.length === 0 ? refuse("already-done") : accept(...facts);
};

/** What held the case was lifted: clearance goes on, and is granted at once where nothing is missing. */
const resumeDeparture = (state: DepartureState, { on }: CommandOf<"ResumeDeparture">): DepartureDecision => {
  const { opening, lifecycle } = state;
  if (!opening || !lifecycle.opened || hasLeftCountry(lifecycle)) return refuse("already-done");
  const again: readonly DepartureFact[] =
    lifecycle.stopped === "held" ? [{ type: "ClearanceOpened", data: opening }] : [];
  const facts = withGrant(state, again, { mayGrant: true, on });
  return facts.length === 0 ? refuse("already-done") : accept(...facts);
};

export type ClearanceCommand = CommandOf<
  | "OpenClearance"
  | "MeetRequirement"
  | "MarkCover"
  | "EndCover"
  | "RequestClearance"
  | "BarClearance"
  | "StopDeparture"
  | "ResumeDeparture"
>;

export const decideClearance = (state: DepartureState, command: ClearanceCommand): DepartureDecision => {
  switch (command.type) {
    case "OpenClearance":
      return openClearance(state, command);
    case "MeetRequirement":
      return meetRequirement(state, command);
    case "MarkCover":
      return markCover(state, command);
    case "EndCover":
      return endCover(state, command);
    case "RequestClearance":
      return requestClearance(state, command);
    case "BarClearance":
      return barClearance(state, command);
    case "StopDeparture":
      return stopDeparture(state, command);
    case "ResumeDeparture":
      return resumeDeparture(state, command);
  }
};
