import type { FactOf, visaDocsContracts } from "@safar/contracts";
import type { Decision } from "@safar/kernel";
import type { DossierCommand } from "./commands.ts";
import { decideContract, type ContractRefusal } from "./contract.ts";
import { decideDocument, type DocumentRefusal } from "./documents.ts";
import { decideEmbassy, type EmbassyRefusal } from "./embassy.ts";
import { decideJourney, type JourneyRefusal } from "./journey.ts";
import { decideMedical, type MedicalRefusal } from "./medical.ts";
import type { DossierState } from "./state.ts";
import { decideSubmission, type SubmissionRefusal } from "./submission.ts";

export type DossierRefusal =
  DocumentRefusal | MedicalRefusal | ContractRefusal | SubmissionRefusal | EmbassyRefusal | JourneyRefusal;

export const decideDossier = (
  state: DossierState,
  command: DossierCommand,
): Decision<FactOf<typeof visaDocsContracts>, DossierRefusal> => {
  switch (command.type) {
    case "UploadDocument":
    case "VerifyDocument":
    case "RejectDocument":
      return decideDocument(state, command);
    case "OrderMedical":
    case "RecordMedicalResult":
      return decideMedical(state, command);
    case "SignContract":
      return decideContract(state, command);
    case "SubmitVisa":
    case "JoinGroup":
    case "SubmitWithGroup":
    case "DropFromGroup":
      return decideSubmission(state, command);
    case "PayVisaFee":
    case "GrantVisa":
    case "RefuseVisa":
    case "FileVisaAppeal":
    case "DecideVisaAppeal":
      return decideEmbassy(state, command);
    case "OpenDossier":
    case "NoteCertificate":
    case "NoteOrientation":
    case "WithdrawDossier":
    case "ResumeDossier":
      return decideJourney(state, command);
  }
};
