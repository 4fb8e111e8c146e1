export { insuranceCompensation } from "./service.ts";
