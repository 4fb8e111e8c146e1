export { simulate, type SimulationOptions, type SimulationReport } from "./simulate.ts";
export {
  createApi,
  NeverFollowed,
  StepRefused,
  type Acknowledged,
  type Api,
  type ApiOptions,
  type Exchange,
  type Part,
  type Reply,
} from "./api.ts";
export { inventPerson } from "./people.ts";
export { REGISTRAR, registrationBody } from "./steps.ts";
export { walkJourney, type Ending } from "./journey.ts";
export { planJourneys, KINDS, type Kind, type Plan } from "./plan.ts";
export { CORRIDORS, prepareWorld, type Corridor, type Offering } from "./world.ts";
export { chanceOf, type Chance } from "./random.ts";
