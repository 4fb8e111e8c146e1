export { registration } from "./service.ts";
