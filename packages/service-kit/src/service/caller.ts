import type { Role } from "@safar/contracts";

/** Who calls, as a verified token says. */
export interface Caller {
  /** Issuer and subject together name one caller for ever; they enter every transaction id. */
  readonly issuer: string;
  readonly subject: string;
  readonly role: Role;
  /** Branch SOATO code, agency licence or employer id. */
  readonly unit?: string;
  /** The one case of a `candidate`. */
  readonly caseId?: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}
