import { contractSet } from "../contract-set.ts";
import {
  CertificateNoted,
  ChecklistIssued,
  DossierCompleted,
  DossierOpened,
  DossierResumed,
  DossierWithdrawn,
  OrientationNoted,
  RequirementMet,
  VisaStageCompleted,
} from "./checklist.ts";
import { ContractSigned, DocumentRejected, DocumentReplaced, DocumentUploaded, DocumentVerified } from "./documents.ts";
import { MedicalFailed, MedicalOrdered, MedicalPassed } from "./medical.ts";
import {
  GroupMemberAdded,
  GroupMemberDropped,
  VisaAppealDecided,
  VisaAppealFiled,
  VisaFeePaid,
  VisaGranted,
  VisaRefused,
  VisaSubmitted,
} from "./visa.ts";

/**
 * `visaDocs-<caseId>`. Still to come with the issues that bring them: DocumentForged, MedicalTemporarilyUnfit,
 * DocumentExpiring, DocumentExpired, ContractTermsChanged, WorkPermitRevoked.
 */
export const visaDocsContracts = contractSet({
  category: "visaDocs",
  service: "visa-docs",
  subject: "case",
  contracts: [
    DossierOpened,
    ChecklistIssued,
    RequirementMet,
    CertificateNoted,
    OrientationNoted,
    DossierCompleted,
    VisaStageCompleted,
    DossierWithdrawn,
    DossierResumed,
    DocumentUploaded,
    DocumentVerified,
    DocumentRejected,
    DocumentReplaced,
    ContractSigned,
    MedicalOrdered,
    MedicalPassed,
    MedicalFailed,
    GroupMemberAdded,
    GroupMemberDropped,
    VisaSubmitted,
    VisaFeePaid,
    VisaGranted,
    VisaRefused,
    VisaAppealFiled,
    VisaAppealDecided,
  ],
});
