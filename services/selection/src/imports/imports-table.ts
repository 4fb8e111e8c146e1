import { importsTable } from "@safar/service-kit";

/** What the service's imports still need. */
export const importsOfVacancies = importsTable("selection");
