import type { RegistrationStatus } from "@safar/contracts";

/** A case that is held or has ended takes no new application, offer or acceptance. */
export const isActive = (standing: RegistrationStatus | undefined): boolean =>
  standing !== "suspended" && standing !== "withdrawn" && standing !== "merged" && standing !== "closed";
