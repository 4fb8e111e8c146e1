export { selection } from "./service.ts";
