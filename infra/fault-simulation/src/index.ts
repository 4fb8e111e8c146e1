export { peopleOf } from "./people.ts";
export { services } from "./services.ts";
