export { training } from "./service.ts";
