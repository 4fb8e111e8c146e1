import { fold, type Decision } from "@safar/kernel";
import type { FactOf, RequirementSet, submissionContracts, visaDocsContracts } from "@safar/contracts";
import type { DossierCommand } from "../../src/domain/dossier/commands.ts";
import { decideDossier } from "../../src/domain/dossier/decide.ts";
import { evolveDossier, initialDossier } from "../../src/domain/dossier/state.ts";
import type { SubmissionGroupCommand } from "../../src/domain/submission/commands.ts";
import { decideSubmissionGroup } from "../../src/domain/submission/decide.ts";
import { evolveSubmission, initialSubmission } from "../../src/domain/submission/state.ts";

export type DossierFact = FactOf<typeof visaDocsContracts>;
export type SubmissionFact = FactOf<typeof submissionContracts>;

/** The types of what is recorded, or the code of the refusal. */
const outcome = (decision: Decision<{ readonly type: string }, { readonly code: string }>) =>
  decision.accepted ? decision.facts.map(({ type }) => type) : decision.refusal.code;

export const givenDossier = (...facts: readonly DossierFact[]) => {
  const state = fold(evolveDossier, initialDossier, facts);
  return {
    state,
    decide: (command: DossierCommand) => decideDossier(state, command),
    when: (command: DossierCommand) => outcome(decideDossier(state, command)),
    /** The history with what the command records. @throws when it is refused */
    and: (command: DossierCommand): readonly DossierFact[] => {
      const decision = decideDossier(state, command);
      if (!decision.accepted) throw new Error(`${command.type}: ${decision.refusal.code}`);
      return [...facts, ...decision.facts];
    },
  };
};

export const givenSubmission = (...facts: readonly SubmissionFact[]) => {
  const state = fold(evolveSubmission, initialSubmission, facts);
  return { state, when: (command: SubmissionGroupCommand) => outcome(decideSubmissionGroup(state, command)) };
};

/** Ids and hashes that a reader tells apart. */
export const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
export const hash = (n: number): string => String(n).padStart(64, "0");

export const today = "2026-03-02";
export const terms = { wageMonth: { minor: 250_000, currency: "EUR" }, isco: "7112", hoursPerWeek: 40 };
export const requires = {
  language: { tag: "de", cefr: "B1" as const },
  certificate: true,
  orientation: "DE",
  medical: true,
  workVisa: true,
  passportMonthsAfterContract: 6,
};
export const requirementSet = (given: Partial<RequirementSet["requires"]> = {}): RequirementSet => ({
  country: "DE",
  sector: "*",
  from: "2026-01-01",
  requires: { ...requires, ...given },
});
export const offer = (round = 1) => ({
  round: id(round),
  offerId: id(10 + round),
  corridor: { country: "DE", sector: "construction" },
  contractMonths: 24,
  terms,
  employerId: id(21),
  vacancyId: id(22),
});

export const open = (round = 1, given: Partial<RequirementSet["requires"]> = {}) => ({
  type: "OpenDossier" as const,
  offer: offer(round),
  requirementSet: requirementSet(given),
  on: today,
});

/** Passport that lasts, case that is active: what the edge says where nothing stands in the way. */
export const lasting = { neededUntil: "2028-12-01", lasts: true } as const;
const file = { mediaType: "application/pdf", size: 1000 } as const;
export const upload = (n: number, given: object = {}): DossierCommand => ({
  type: "UploadDocument",
  documentId: id(100 + n),
  kind: "passport",
  sha256: hash(n),
  file,
  ...given,
});
export const verify = (n: number, given: object = {}): DossierCommand => ({
  type: "VerifyDocument",
  documentId: id(100 + n),
  zone: { kind: "compared", contradictions: [] },
  passport: lasting,
  today,
  ...given,
});
export const sign = (given: object = {}): DossierCommand => ({
  type: "SignContract",
  sha256: hash(50),
  isUploaded: true,
  terms,
  startsOn: "2026-06-01",
  signedOn: today,
  method: "face-id",
  standing: "active",
  passport: lasting,
  today,
  ...given,
});
export const submit = (given: object = {}): DossierCommand => ({
  type: "SubmitVisa",
  submittedOn: today,
  standing: "active",
  passport: lasting,
  ...given,
});
export const grant: DossierCommand = {
  type: "GrantVisa",
  visa: { visaNumber: "D1234567", validUntil: "2028-06-01" },
  today,
};
export const refuseVisa: DossierCommand = { type: "RefuseVisa", reason: "funds-not-proven", refusedOn: today };
export const examined = (resultClass: "fit" | "unfit", n = 1): DossierCommand => ({
  type: "RecordMedicalResult",
  result:
    resultClass === "fit"
      ? { examinationId: id(200 + n), resultClass, validUntil: "2026-12-01" }
      : { examinationId: id(200 + n), resultClass },
  today,
});
export const certificate = (track: "trade" | "language", given: object = {}): DossierCommand => ({
  type: "NoteCertificate",
  certificate: {
    certificateId: id(track === "trade" ? 301 : 302),
    by: id(track === "trade" ? 311 : 312),
    track,
    ...(track === "language" ? { language: "de", cefr: "B1" } : {}),
    validUntil: "2028-01-01",
    ...given,
  },
  today,
});
export const oriented = (destination = "DE"): DossierCommand => ({
  type: "NoteOrientation",
  orientation: { by: id(320), destination },
  today,
});

/** The history that a row of commands leaves, each of which has to be accepted. */
export const after = (...commands: readonly DossierCommand[]): readonly DossierFact[] =>
  commands.reduce<readonly DossierFact[]>((facts, command) => givenDossier(...facts).and(command), []);

/** Everything that the embassy wants is there. */
export const collected: readonly DossierCommand[] = [
  open(),
  upload(1),
  verify(1),
  sign(),
  examined("fit"),
  certificate("trade"),
  certificate("language"),
];
