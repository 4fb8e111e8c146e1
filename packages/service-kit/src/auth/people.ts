import type { Identity } from "./local-issuer.ts";

/** One invented person per role, for the demo only. */
export const DEMO_PEOPLE: readonly Identity[] = [
  { subject: "operator", role: "operator" },
  { subject: "shift-lead", role: "shift-lead" },
  { subject: "registrar-1726", role: "registrar", unit: "1726" },
  { subject: "trainer", role: "trainer" },
  { subject: "selector-1726", role: "selector", unit: "1726" },
  { subject: "employer", role: "employer" },
  { subject: "agency-XBA-0047", role: "agency", unit: "XBA-0047" },
  { subject: "visa-officer", role: "visa-officer" },
  { subject: "departure-officer", role: "departure-officer" },
  { subject: "representative", role: "representative" },
  { subject: "insurer", role: "insurer" },
  { subject: "benefits-officer", role: "benefits-officer" },
  { subject: "candidate", role: "candidate" },
  { subject: "auditor", role: "auditor" },
  { subject: "compliance", role: "compliance" },
  { subject: "service", role: "service" },
  { subject: "admin", role: "admin" },
];
