export { peopleOf } from "./people.ts";
