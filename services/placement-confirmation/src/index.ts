export { placementConfirmation } from "./service.ts";
