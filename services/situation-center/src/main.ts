import { runService } from "@safar/service-kit";
import { situationCenter } from "./service.ts";

await runService(situationCenter);
