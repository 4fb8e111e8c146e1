import type { ServiceDefinition } from "@safar/service-kit";
import type { Repository } from "../repository.ts";
import { reactionsTable } from "./service-part.ts";

/** The reactions of all services, for docs/journey.md. */
export const journeyPart = (repository: Repository, services: readonly ServiceDefinition[]): string =>
  services
    .filter(({ reactions = [] }) => reactions.length > 0)
    .flatMap((service) => [`### ${service.name}`, "", ...reactionsTable(repository, service), ""])
    .join("\n");
