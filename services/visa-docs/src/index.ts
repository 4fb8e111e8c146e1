export { visaDocs } from "./service.ts";
