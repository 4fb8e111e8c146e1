import { z } from "zod";

/** Every role there is (glossary.md). Who may do what stands in `access.ts` alone. */
export const ROLES = [
  "operator",
  "shift-lead",
  "registrar",
  "trainer",
  "selector",
  "employer",
  "agency",
  "visa-officer",
  "departure-officer",
  "representative",
  "insurer",
  "benefits-officer",
  "candidate",
  "auditor",
  "compliance",
  "service",
  "admin",
] as const;

export const roleSchema = z.enum(ROLES);
export type Role = z.infer<typeof roleSchema>;

/** Which cases a role reaches. */
export type Scope =
  /** every case */
  | "all"
  /** cases of the own unit */
  | "ownUnit"
  /** candidates whom the agency brought (the token's unit is its licence) */
  | "ownCandidates"
  /** applications to own vacancies (the token's unit is the employer's id) */
  | "ownVacancies"
  /** the one case that the token names */
  | "ownCase"
  /** no case at all */
  | "none";

/** What a role reaches, and whether it may see personal fields where it reads a case. */
export const SCOPES: Readonly<Record<Role, { readonly scope: Scope; readonly seesPersonalData: boolean }>> = {
  operator: { scope: "all", seesPersonalData: false },
  "shift-lead": { scope: "all", seesPersonalData: true },
  registrar: { scope: "ownUnit", seesPersonalData: true },
  trainer: { scope: "all", seesPersonalData: false },
  selector: { scope: "all", seesPersonalData: false },
  employer: { scope: "ownVacancies", seesPersonalData: false },
  agency: { scope: "ownCandidates", seesPersonalData: true },
  "visa-officer": { scope: "all", seesPersonalData: true },
  "departure-officer": { scope: "all", seesPersonalData: true },
  representative: { scope: "all", seesPersonalData: true },
  insurer: { scope: "all", seesPersonalData: false },
  "benefits-officer": { scope: "all", seesPersonalData: true },
  candidate: { scope: "ownCase", seesPersonalData: true },
  auditor: { scope: "all", seesPersonalData: true },
  compliance: { scope: "all", seesPersonalData: true },
  service: { scope: "all", seesPersonalData: false },
  admin: { scope: "none", seesPersonalData: false },
};
