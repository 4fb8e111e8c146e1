import { runService } from "@safar/service-kit";
import { placementConfirmation } from "./service.ts";

await runService(placementConfirmation);
