export { situationCenter } from "./service.ts";
