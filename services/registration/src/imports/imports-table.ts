import { importsTable } from "@safar/service-kit";

/** What the service's imports still need. */
export const importsOfCandidates = importsTable("registration");
