export { simulate, type SimulationOptions, type SimulationReport } from "./simulate.ts";
export { createApi, type Acknowledged, type Api, type ApiOptions, type Part, type Reply } from "./api.ts";
export { walkJourney, type Ending } from "./journey.ts";
export { planJourneys, KINDS, type Kind, type Plan } from "./plan.ts";
export { prepareWorld, type Offering } from "./world.ts";
