import { fold, type Decision } from "@safar/kernel";
import type { ContractHolder, FactOf, placementContracts } from "@safar/contracts";
import type { PlacementCommand } from "../../src/domain/commands.ts";
import { decidePlacement } from "../../src/domain/decide.ts";
import { evolvePlacement, initialPlacement } from "../../src/domain/state.ts";

export type PlacementFact = FactOf<typeof placementContracts>;

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenPlacement = (...facts: readonly PlacementFact[]) => {
  const state = fold(evolvePlacement, initialPlacement, facts);
  return {
    state,
    decide: (command: PlacementCommand) => decidePlacement(state, command),
    when: (command: PlacementCommand) => outcome(decidePlacement(state, command)),
  };
};

/** The history that a row of commands leaves, each of which has to be accepted. */
export const after = (...commands: readonly PlacementCommand[]): readonly PlacementFact[] =>
  commands.reduce<readonly PlacementFact[]>((facts, command) => {
    const decision = givenPlacement(...facts).decide(command);
    if (!decision.accepted) throw new Error(`${command.type}: ${decision.refusal.code}`);
    return [...facts, ...decision.facts];
  }, []);

/** Ids and hashes that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const hash = (n: number): string => String(n).padStart(64, "0");

export const today = "2026-06-05";
export const terms = { wageMonth: { minor: 250_000, currency: "EUR" }, isco: "7112", hoursPerWeek: 40 };
export const signed = { sha256: hash(1), terms };
export const lowerWage = { sha256: hash(2), terms: { ...terms, wageMonth: { minor: 180_000, currency: "EUR" } } };

export const reference = (round = 1): PlacementCommand => ({
  type: "NoteReference",
  reference: { round: id(round), ...signed, employerId: id(21), contractMonths: 24 },
  today,
});
export const open = (round = 1, given: object = {}): PlacementCommand => ({
  type: "OpenPlacement",
  round: id(round),
  startsAbroad: false,
  exitedAt: "2026-06-01T04:30:00.000Z",
  late: false,
  today,
  ...given,
});
export const abroad = open(9, { startsAbroad: true, exitedAt: undefined });
export const report = (by: "candidate" | "agency", placed = true, given: object = {}): PlacementCommand => ({
  type: "ReportPlacement",
  by,
  mayReport: true,
  placed,
  today,
  ...given,
});
export const employer = (contract = signed, given: object = {}): PlacementCommand => ({
  type: "ConfirmByEmployer",
  employerId: id(21),
  startedOn: "2026-06-03",
  contract,
  today,
  ...given,
});
export const show = (uploadedBy: ContractHolder, contract = signed): PlacementCommand => ({
  type: "UploadContract",
  uploadedBy,
  contract,
  today,
});
export const checkIn = (working = true, receivedOn = "2026-07-05"): PlacementCommand => ({
  type: "ReceiveCheckIn",
  checkIn: { receivedOn, from: "candidate", working },
});
export const resolve = (outcome: "placed" | "not-placed"): PlacementCommand => ({
  type: "ResolveDispute",
  outcome,
  reason: "employer-visited",
  today,
});
export const dispute: PlacementCommand = { type: "DisputePlacement", cause: "other-work-place" };
export const complete: PlacementCommand = {
  type: "CompletePlacement",
  completedOn: "2028-05-31",
  reason: "contract-ended",
};
export const annul: PlacementCommand = { type: "AnnulPlacement", cause: "case-merged" };
export const arrive = (round?: number): PlacementCommand => ({
  type: "NoteArrival",
  round: round === undefined ? undefined : id(round),
  arrivedAt: "2026-06-01T12:05:00.000Z",
});
export const schedule = (round = 1): PlacementCommand => ({
  type: "ScheduleCheckIns",
  round: id(round),
  confirmedOn: today,
});

/** All that a confirmation takes. */
export const agreed: readonly PlacementCommand[] = [reference(), open(), report("candidate"), employer()];
