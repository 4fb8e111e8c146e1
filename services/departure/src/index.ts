export { departure } from "./service.ts";
